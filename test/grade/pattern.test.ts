import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPattern, readPatterns } from '../../src/grade/pattern.js';

describe('readPattern', () => {
  it.each([
    ['a text without a star fits itself', 'CN=Corp CA', 'CN=Corp CA', true],
    ['and in any case of letters', 'cn=corp ca', 'CN=Corp CA', true],
    ['and nothing longer', 'CN=Corp', 'CN=Corp CA', false],
    ['a star at the end', 'CN=Corp*', 'CN=Corp CA,O=Corp', true],
    ['a star at the beginning', '*.corp.example', 'a.b.corp.example', true],
    ['stands for nothing, too', '*a*', 'a', true],
    ['a star in the middle', 'CN=*,O=Corp', 'CN=a,O=Corp', true],
    ['parts do not share letters', 'ab*ba', 'aba', false],
    ['parts stand in order', '*a*b*', 'ba', false],
    ['a part in the middle does not reach into the last', '*ab*b', 'ab', false],
    ['other signs mean themselves', 'a.b', 'axb', false],
    ['a lone star fits all', '*', '', true],
  ])('%s', (_, pattern, text, fits) => {
    expect(readPattern(pattern)(text)).toBe(fits);
  });

  it('agrees with the regular expression that it stands for', () => {
    const words = fc.string({ unit: fc.constantFrom('a', 'b', '*'), maxLength: 6 });
    const texts = fc.string({ unit: fc.constantFrom('a', 'b', 'A'), maxLength: 8 });
    fc.assert(
      fc.property(words, texts, (pattern, text) => {
        const expression = new RegExp(`^${pattern.replaceAll('*', '.*')}$`, 'is');
        expect(readPattern(pattern)(text)).toBe(expression.test(text));
      }),
    );
  });

  it('takes its time with hostile text, but no more than that', () => {
    const text = 'a'.repeat(200_000);
    expect(readPattern(`${'*a'.repeat(40)}*b`)(text)).toBe(false);
  });
});

describe('readPatterns', () => {
  it('wants one to fit', () => {
    expect(readPatterns(['x', 'a*'])('abc')).toBe(true);
    expect(readPatterns([])('abc')).toBe(false);
  });
});
