import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseToken, TARGET_SYNTAXES } from '../../../src/targets/parse-token.js';
import { isProblem } from '../../../src/targets/problem.js';
import { cutToken } from '../../../src/targets/token.js';

/** Names of the syntaxes that claim a word, be it with a problem. */
function claimants(word: string): string[] {
  const token = cutToken(word);
  if (isProblem(token)) return [];
  return TARGET_SYNTAXES.filter((syntax) => syntax.parse(token, parseToken) !== null).map(({ name }) => name);
}

describe('the registry of target syntaxes', () => {
  test.each(TARGET_SYNTAXES.map((syntax) => [syntax.name, syntax] as const))(
    'has an example of its own and a sentence for: %s',
    (name, { example, description }) => {
      expect(claimants(example)).toEqual([name]);
      expect(isProblem(parseToken(example))).toBe(false);
      expect(description).toMatch(/^[A-Z].*\.$/);
    },
  );

  test('gives every syntax another name', () => {
    expect(new Set(TARGET_SYNTAXES.map(({ name }) => name)).size).toBe(TARGET_SYNTAXES.length);
  });

  test('lets no word be claimed by two syntaxes', () => {
    const piece = fc.constantFrom(
      ...[
        '10',
        '.',
        '-',
        '*',
        '/',
        ':',
        '::',
        '[',
        ']',
        '@',
        '://',
        'https',
        'a',
        'example',
        '255',
        '%',
        'ffff',
        '1.2.3.4',
      ],
    );
    const word = fc.array(piece, { minLength: 1, maxLength: 9 }).map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(word, (text) => {
        expect(claimants(text).length).toBeLessThanOrEqual(1);
      }),
      { numRuns: 3000 },
    );
  });
});
