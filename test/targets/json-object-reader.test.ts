import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createJsonObjectReader } from '../../src/targets/json-object-reader.js';

function read(pieces: Iterable<string>): { objects: [number, string][]; isListOpen: boolean } {
  const objects: [number, string][] = [];
  const reader = createJsonObjectReader({
    object: (text, line) => objects.push([line, text]),
    fail(problem, line) {
      throw new RangeError(`line ${line} ${problem}`);
    },
  });
  for (const piece of pieces) reader.write(piece);
  return { ...reader.end(), objects };
}

const anyObject = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 }), { maxKeys: 4 });

describe('JSON objects in pieces', () => {
  test('are those that were written, wherever the text is cut and however it is laid out', () => {
    const layout = fc.constantFrom(
      (all: unknown[]) => JSON.stringify(all),
      (all: unknown[]) => JSON.stringify(all, null, 2),
      (all: unknown[]) => all.map((each) => JSON.stringify(each)).join('\n'),
      (all: unknown[]) => all.map((each) => `${JSON.stringify(each)},\r\n`).join(''),
      (all: unknown[]) => `[${all.map((each) => `${JSON.stringify(each)}\n,`).join('')}]`,
    );
    fc.assert(
      fc.property(
        fc.array(anyObject, { maxLength: 4 }),
        layout,
        fc.integer({ min: 1, max: 9 }),
        (all, write, length) => {
          const text = write(all);
          const pieces = Array.from({ length: Math.ceil(text.length / length) }, (_, index) =>
            text.slice(index * length, (index + 1) * length),
          );
          const { objects, isListOpen } = read(pieces);
          expect(objects.map(([, object]) => JSON.parse(object))).toEqual(
            all.map((each) => JSON.parse(JSON.stringify(each))),
          );
          expect(isListOpen).toBe(false);
        },
      ),
      { numRuns: 500 },
    );
  });

  test('have the lines on which they begin', () => {
    const { objects } = read(['[\n{"a":\n1}', ',\n\n{"b": "}\\"{"} {"c', '":[{}]}\n]']);
    expect(objects).toEqual([
      [2, '{"a":\n1}'],
      [5, '{"b": "}\\"{"}'],
      [5, '{"c":[{}]}'],
    ]);
  });

  test.each([
    ['{"a":1}\n{"b":', 'line 2 ends within the object that begins here'],
    ['{"a":"\\', 'line 1 ends within the object that begins here'],
    ['{}\nx', 'line 2 is no JSON object from here on'],
    ['[[{}]]', 'line 1 is no JSON object from here on'],
    ['{}]', 'line 1 is no JSON object from here on'],
    ['[1]', 'line 1 is no JSON object from here on'],
    [`{"a":${'['.repeat(100)}`, 'line 1 nests more than 100 levels deep'],
  ])('are refused: %s', (text, message) => {
    expect(() => read([text])).toThrow(message);
    expect(() => read(text)).toThrow(message);
  });

  test('are refused when one is too long', () => {
    const megabyte = 'x'.repeat(1024 * 1024);
    expect(() => read(['{"a":"', ...new Array<string>(65).fill(megabyte)])).toThrow(
      'line 1 has an object of more than 64 million characters',
    );
  });
});
