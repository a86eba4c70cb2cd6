import { expect, it } from 'vitest';
import { readToldTime, readToldValidity } from '../../src/scan/told-time.js';

it.each([
  ['2026-10-01T12:00:00.123456789+02:00', '2026-10-01T10:00:00.123Z'],
  [1_795_375_319_000, '2026-11-22T19:21:59.000Z'],
  ['1969-12-31T23:59:59Z', null],
  ['+010000-01-01T00:00:00Z', null],
  ['soon', null],
  [Number.NaN, null],
  [null, null],
])('reads %j as %j', (value, time) => {
  expect(readToldTime(value)).toBe(time);
});

it.each([
  ['1950-01-01T00:00:00Z', '1950-01-01T00:00:00.000Z'],
  ['9999-12-31T23:59:59Z', '9999-12-31T23:59:59.000Z'],
  ['never', null],
  [undefined, null],
])('reads the end of a validity %j as %j', (value, time) => {
  expect(readToldValidity(value)).toBe(time);
});
