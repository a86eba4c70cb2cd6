import { describe, expect, it } from 'vitest';
import { encodeAddressBytes } from '../../src/store/address-bytes.js';
import { decodeAddressHex } from '../../src/store/address-hex.js';
import { encodeHex } from '../../src/store/hex.js';

describe('addresses from hex', () => {
  it.each([
    null,
    '0.0.0.0',
    '10.0.0.255',
    '255.255.255.255',
    '128.1.2.3',
    '::',
    '2001:db8::1',
    'fe80::1%eth0',
  ])('brings %s back', (address) => {
    const hex = encodeHex(encodeAddressBytes(address));
    expect(decodeAddressHex(hex)).toBe(address);
    expect(decodeAddressHex(hex.toUpperCase())).toBe(address);
  });
});
