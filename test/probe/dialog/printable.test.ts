import { describe, expect, it } from 'vitest';
import { MAX_PRINTABLE, toPrintable } from '../../../src/probe/dialog/printable.js';

describe('toPrintable', () => {
  it.each([
    ['leaves words as they are', '220 mail.example – grüß Gott', '220 mail.example – grüß Gott'],
    ['trims', ' 220 ready\r\n', '220 ready'],
    ['escapes terminal control', '\x1b]0;owned\x07', '\\x1b]0;owned\\x07'],
    ['escapes the second range of control characters', 'a\x9bb', 'a\\x9bb'],
    ['escapes line ends of every kind', 'a\r\nb\u2028c\u2029d', 'a\\x0d\\x0ab\\u{2028}c\\u{2029}d'],
    ['escapes what turns the direction of text', 'a\u202eb\u200fc', 'a\\u{202e}b\\u{200f}c'],
    ['escapes half a character', 'a\ud83d', 'a\\u{d83d}'],
    ['keeps a character of two units', 'a🙂', 'a🙂'],
  ])('%s', (_, text, printable) => {
    expect(toPrintable(text)).toBe(printable);
  });

  it.each(['x'.repeat(10_000), '\x1b'.repeat(10_000), '🙂'.repeat(10_000)])('keeps to its limit', (text) => {
    const printable = toPrintable(text);
    expect(printable.length).toBeLessThanOrEqual(MAX_PRINTABLE);
    expect(printable.length).toBeGreaterThan(MAX_PRINTABLE - 10);
    expect(printable.endsWith('…')).toBe(true);
  });
});
