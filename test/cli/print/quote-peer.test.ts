import { describe, expect, it } from 'vitest';
import { quotePeer } from '../../../src/cli/print/quote-peer.js';

describe('quotePeer', () => {
  it('escapes what would move, hide or recolour', () => {
    expect(quotePeer('a\u001b[2J\u202eb\nc')).toBe('a\\u{1b}[2J\\u{202e}b\\u{a}c');
  });

  it('cuts what is too long, and no character in half', () => {
    expect(quotePeer('x'.repeat(300))).toBe(`${'x'.repeat(199)}…`);
    expect(quotePeer('ab😀cd', 4)).toBe('ab…');
    expect(quotePeer('ab😀cd', 6)).toBe('ab😀cd');
  });
});
