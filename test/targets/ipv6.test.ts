import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatIpv6, readIpv6 } from '../../src/targets/ipv6.js';

// RFC 5952, section 4.
test.each([
  ['2001:0db8:0:0:0:0:0:1', '2001:db8::1'],
  ['2001:db8:0:1:1:1:1:1', '2001:db8:0:1:1:1:1:1'],
  ['2001:db8::1:1:1:1:1', '2001:db8:0:1:1:1:1:1'],
  ['2001:0:0:1:0:0:0:1', '2001:0:0:1::1'],
  ['2001:db8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
  ['2001:DB8::AAAA', '2001:db8::aaaa'],
  ['0:0:0:0:0:0:0:0', '::'],
  ['1:0:0:0:0:0:0:0', '1::'],
  ['::0.0.0.1', '::1'],
])('%s is written %s', (text, canonical) => {
  const value = readIpv6(text);
  expect(typeof value === 'bigint' ? formatIpv6(value) : value).toBe(canonical);
});

test('every address reads back from its text', () => {
  fc.assert(
    fc.property(fc.bigInt(0n, (1n << 128n) - 1n), (value) => {
      expect(readIpv6(formatIpv6(value))).toBe(value);
    }),
  );
});
