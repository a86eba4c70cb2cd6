import { expect, it } from 'vitest';
import { findExpiryWindow } from '../../src/report/expiry-window.js';
import { NOW } from './sample-record.js';

it.each([
  [null, 'Unknown'],
  ['no time', 'Unknown'],
  ['2026-11-22T11:59:59.000Z', 'Expired'],
  ['2026-11-22T12:00:00.000Z', '0 to 7 days'],
  ['2026-11-29T12:00:00.000Z', '0 to 7 days'],
  ['2026-11-29T12:00:01.000Z', '8 to 30 days'],
  ['2026-12-31T12:00:00.000Z', '31 to 60 days'],
  ['2027-02-01T12:00:00.000Z', '61 to 90 days'],
  ['2027-11-22T12:00:00.000Z', '91 to 365 days'],
  ['2028-11-22T12:00:00.000Z', 'More than a year'],
  ['9999-12-31T23:59:59.000Z', 'Never'],
])('%s is %s', (notAfter, window) => {
  expect(findExpiryWindow(notAfter, NOW)).toBe(window);
});
