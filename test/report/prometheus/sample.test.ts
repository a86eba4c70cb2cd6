import { expect, it } from 'vitest';
import { formatSample } from '../../../src/report/prometheus/sample.js';

it.each([
  ['without labels', {}, 'm 1\n'],
  ['without labels that say nothing', { a: null, b: '', c: undefined }, 'm 1\n'],
  ['with labels', { a: 'x', b: 'y' }, 'm{a="x",b="y"} 1\n'],
  ['with what would end a label', { a: 'x"\\' }, 'm{a="x\\"\\\\"} 1\n'],
  ['with what would end a line', { a: 'x\ny' }, 'm{a="x y"} 1\n'],
])('writes a sample %s', (_, labels, line) => {
  expect(formatSample('m', labels, 1)).toBe(line);
});
