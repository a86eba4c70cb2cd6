import { describe, expect, test } from 'vitest';
import { firstObjectKeys } from '../../src/targets/first-object-keys.js';

describe('the keys of the first object', () => {
  test.each<[string, string[]]>([
    ['{"a":1,"b":{"c":2},"d":["e"]}\n{"f":1}', ['a', 'b', 'd']],
    [' [\n{"a" : "x:y", "b":"c"}', ['a', 'b']],
    ['{"a":1,"b', ['a']],
    ['{"a":"\\"b\\":', ['a']],
    ['{"a":1,"b"', ['a']],
    ['{"a":1,"b":', ['a', 'b']],
    ['{"a":"b\\', ['a']],
    ['{}{"a":1}', []],
    ['[[{"a":1}]]', []],
    ['"a":1', []],
    ['address,"a":1', []],
    ['', []],
  ])('of %j are %j', (text, keys) => {
    expect([...firstObjectKeys(text)]).toEqual(keys);
  });

  test.each([
    ['escapes', `{"a":"${'\\"'.repeat(100_000)}`],
    ['quotes', `{${'"'.repeat(200_000)}`],
    ['brackets', `{${'['.repeat(200_000)}`],
    ['white space', `[${' '.repeat(200_000)}`],
    ['colons', `{"a"${' '.repeat(200_000)}`],
  ])('are found at once among many %s', (_, text) => {
    const start = performance.now();
    firstObjectKeys(text);
    expect(performance.now() - start).toBeLessThan(500);
  });
});
