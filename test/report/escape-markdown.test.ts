import fc from 'fast-check';
import { expect, it } from 'vitest';
import { escapeMarkdown } from '../../src/report/escape-markdown.js';

it.each([
  ['mail.example', 'mail.example'],
  ['a|b', 'a\\|b'],
  ['a\\|b', 'a\\\\\\|b'],
  ['<b>&amp;', '\\<b\\>\\&amp;'],
  ['[x](http://y)', '\\[x\\](http\\://y)'],
  ['`*_~$', '\\`\\*\\_\\~\\$'],
  ['@team #12', '@<!-- -->team #<!-- -->12'],
  ['WWW.evil.example', 'WWW\\.evil.example'],
  ['a\r\nb', 'a b'],
])('writes %j as %j', (text, escaped) => {
  expect(escapeMarkdown(text)).toBe(escaped);
});

it('cuts what is long', () => {
  expect(escapeMarkdown('x'.repeat(1000))).toBe(`${'x'.repeat(199)}…`);
});

it('lets no cell end and no element begin', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'\\|<>&`[]@\n\ra') }), (text) => {
      const escaped = escapeMarkdown(text).replaceAll('<!-- -->', '');
      const bare = escaped.replace(/\\[\s\S]/g, '');
      expect(bare).not.toMatch(/[|<>&`[\]\n\r\\]/);
    }),
  );
});
