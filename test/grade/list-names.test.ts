import { expect, it } from 'vitest';
import { listNames } from '../../src/grade/list-names.js';

it.each([
  [['a.example'], 'a.example'],
  [['a', 'b', 'c', 'd', 'e'], 'a, b, c, d, e'],
  [['a', 'b', 'c', 'd', 'e', 'f', 'g'], 'a, b, c, d, e and 2 more'],
])('lists %j as %j', (names, text) => {
  expect(listNames(names)).toBe(text);
});
