import { expect, it } from 'vitest';
import { formatSheetCell } from '../../../src/report/xlsx/sheet-cell.js';

const text = (content: string) =>
  `<c s="0" t="inlineStr"><is><t xml:space="preserve">${content}</t></is></c>`;

it.each([
  ['nothing', null, 'text', '<c/>'],
  ['a number', -5, 'integer', '<c><v>-5</v></c>'],
  ['a time', '2026-11-22T12:00:00.000Z', 'time', '<c s="2"><v>46348.5</v></c>'],
  [
    'the last moment that Excel knows',
    '9999-12-31T23:59:59.000Z',
    'time',
    `<c s="2"><v>${2958466 - 1 / 86_400}</v></c>`,
  ],
  ['the first day after a day that never was', '1900-03-01T00:00:00.000Z', 'time', '<c s="2"><v>61</v></c>'],
  ['a time before as text', '1899-01-01T00:00:00.000Z', 'time', text('1899-01-01 00:00:00')],
  ['a formula as text', '=1+1', 'text', text('=1+1')],
  ['markup as text', '<b>&"', 'text', text('&lt;b&gt;&amp;&quot;')],
  ['what looks like an escape', '_x0041_', 'text', text('_x005F_x0041_')],
  ['a list', ['a', '=b'], 'list', text('a; =b')],
  ['hex in pairs', '0a1b', 'hex', text('00:00:0A:1B')],
] as const)('writes %s', (_, value, type, cell) => {
  expect(formatSheetCell(value, type)).toBe(cell);
});
