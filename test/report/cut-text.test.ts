import { expect, it } from 'vitest';
import { cutText } from '../../src/report/cut-text.js';

it.each([
  ['abc', 3, 'abc'],
  ['abcd', 3, 'ab…'],
  ['a🙂b', 3, 'a…'],
  ['a🙂bc', 4, 'a🙂…'],
])('cuts %j to %d as %j', (text, units, cut) => {
  expect(cutText(text, units)).toBe(cut);
});
