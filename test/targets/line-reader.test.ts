import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createLineReader } from '../../src/targets/line-reader.js';
import { linesOf } from '../../src/targets/lines-of.js';

function read(pieces: readonly string[]): { lines: [number, string][]; cutLine: number | null } {
  const lines: [number, string][] = [];
  const reader = createLineReader({
    line: (text, number) => lines.push([number, text]),
    fail(problem, number) {
      throw new RangeError(`line ${number} ${problem}`);
    },
  });
  for (const piece of pieces) reader.write(piece);
  return { cutLine: reader.end(), lines };
}

describe('lines in pieces', () => {
  test('are those of the whole text, wherever it is cut', () => {
    const piece = fc.string({ unit: fc.constantFrom('a', 'b', '\r', '\n', ''), maxLength: 6 });
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 6 }), (pieces) => {
        const { lines, cutLine } = read(pieces);
        const text = pieces.join('');
        expect(lines).toEqual([...linesOf(text)]);
        expect(cutLine).toBe(text === '' || /[\r\n]$/.test(text) ? null : lines.length);
      }),
      { numRuns: 2000 },
    );
  });

  test('are refused when they are too long', () => {
    expect(() => read(['a\n', ...new Array<string>(18).fill('x'.repeat(1024 * 1024))])).toThrow(
      'line 2 has a line of more than 16 million characters',
    );
  });
});
