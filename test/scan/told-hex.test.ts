import { expect, it } from 'vitest';
import { readToldHex, readToldSerial, readToldSha256 } from '../../src/scan/told-hex.js';

it.each([
  ['00:00:0A:1B', '0a1b'],
  ['8A:01', '008a01'],
  ['00:8a:01', '008a01'],
  ['00', '00'],
  ['7f', '7f'],
  ['', ''],
  ['xyz', ''],
  [7, ''],
  ['00'.repeat(1000), ''],
])('reads the serial number %j as %j', (text, serial) => {
  expect(readToldSerial(text)).toBe(serial);
});

it('reads digests in both forms, and nothing else', () => {
  expect(readToldSha256('AB:'.repeat(31).concat('AB'))).toBe('ab'.repeat(32));
  expect(readToldSha256('ab'.repeat(20))).toBeNull();
  expect(readToldHex('abc')).toBeNull();
});
