import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeAddressBytes, encodeAddressBytes } from '../../src/store/address-bytes.js';

describe('address bytes', () => {
  it.each([
    ['192.0.2.7', 'c0000207'],
    ['0.0.0.0', '00000000'],
    ['255.255.255.255', 'ffffffff'],
    ['::', '00000000000000000000000000000000'],
    ['::1', '00000000000000000000000000000001'],
    ['2001:db8::1', '20010db8000000000000000000000001'],
    ['2001:db8:0:1:1:1:1:1', '20010db8000000010001000100010001'],
    ['1::2:0:0:3', '00010000000000000002000000000003'],
    ['fe80::', 'fe800000000000000000000000000000'],
    ['::ffff:192.0.2.7', '00000000000000000000ffffc0000207'],
  ])('encodes %s in network order', (text, hex) => {
    expect(Buffer.from(encodeAddressBytes(text)).toString('hex')).toBe(hex);
    expect(decodeAddressBytes(encodeAddressBytes(text))).toBe(text);
  });

  it('encodes no address as no bytes', () => {
    expect(encodeAddressBytes(null)).toHaveLength(0);
    expect(decodeAddressBytes(new Uint8Array(0))).toBeNull();
  });

  it.each(['fe80::1%eth0', '::FFFF:c000:207', '2001:DB8::1', '1.2.3', '01.2.3.4', 'host.example', '1::2::3'])(
    'brings back %s as it was, though it is not canonical',
    (text) => {
      expect(decodeAddressBytes(encodeAddressBytes(text))).toBe(text);
    },
  );

  it('sorts an address with a zone beside the one without', () => {
    const [plain, zoned] = ['fe80::1', 'fe80::1%eth0'].map((text) => Buffer.from(encodeAddressBytes(text)));
    expect(zoned?.subarray(0, 16)).toEqual(plain);
  });

  it('brings back every IPv4 and IPv6 address', () => {
    fc.assert(
      fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), (text) => {
        expect(decodeAddressBytes(encodeAddressBytes(text))).toBe(text);
      }),
    );
  });
});
