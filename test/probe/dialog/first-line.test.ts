import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readFirstLine } from '../../../src/probe/dialog/first-line.js';
import { MAX_PRINTABLE } from '../../../src/probe/dialog/printable.js';

describe('the first line of what a peer said', () => {
  it.each([
    ['a line', '220 mail.example ESMTP\r\n250 more\r\n', '220 mail.example ESMTP'],
    ['a line after empty ones', '\r\n\r\n* OK ready\r\n', '* OK ready'],
    ['a line without an end', '220 mail', '220 mail'],
    ['a short line', '+\n', '+'],
    ['other alphabets', '220 почта\r\n', '220 почта'],
    ['terminal sequences, made harmless', '220 \u001b[2Jx\r\n', '220 \\x1b[2Jx'],
  ])('is %s', (_, words, line) => {
    expect(readFirstLine(Buffer.from(words))).toBe(line);
  });

  it.each([
    ['nothing', ''],
    ['a letter of a binary protocol', 'N'],
    ['a binary greeting', 'J\0\0\0\n8.0.36\0'],
    ['negotiation', '\u00ff\u00fd\u0018\u00ff\u00fd\u0020'],
    ['empty lines', '\r\n\r\n'],
  ])('is none of %s', (_, words) => {
    expect(readFirstLine(Buffer.from(words, 'latin1'))).toBeNull();
  });

  it('is one printable line of bounded length, whatever was said', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 2000 }), (bytes) => {
        const line = readFirstLine(Buffer.from(bytes)) ?? 'x';
        expect(line.length).toBeLessThanOrEqual(MAX_PRINTABLE);
        expect(line).toMatch(/^\P{C}+$/u);
      }),
    );
  });
});
