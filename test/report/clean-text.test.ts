import fc from 'fast-check';
import { expect, it } from 'vitest';
import { cleanText } from '../../src/report/clean-text.js';

it.each([
  ['leaves plain text', 'mail.example', 'mail.example'],
  ['leaves other scripts', 'bücher.例え', 'bücher.例え'],
  ['makes one space of line ends', 'a\r\nb\u2028c', 'a b c'],
  ['shows what turns text around', 'a\u202eb', 'a\ufffdb'],
  ['shows half pairs', 'a\ud800', 'a\ufffd'],
])('%s', (_, text, clean) => {
  expect(cleanText(text)).toBe(clean);
});

it('leaves nothing that hides or moves, whatever it is given', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(cleanText(text)).not.toMatch(/[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069\u200b]/u);
    }),
  );
});
