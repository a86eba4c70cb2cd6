import { describe, expect, it } from 'vitest';
import { parseIpBytes, parseIpv4Bytes, parseIpv6Bytes } from '../../src/query/ip-bytes.js';

describe('the bytes of an address', () => {
  it.each<[string, readonly number[]]>([
    ['0.0.0.0', [0, 0, 0, 0]],
    ['192.0.2.255', [192, 0, 2, 255]],
  ])('of %s are %j', (text, bytes) => {
    expect(parseIpv4Bytes(text)).toEqual(bytes);
    expect(parseIpBytes(text)).toEqual(bytes);
  });

  it.each(['', '1.2.3', '1.2.3.4.5', '1.2.3.256', '01.2.3.4', '1..2.3', '1.2.3.4 ', 'a.b.c.d', '1.2.3.4.'])(
    'are none of IPv4 in %j',
    (text) => {
      expect(parseIpv4Bytes(text)).toBeNull();
    },
  );

  it.each<[string, string]>([
    ['::', '00000000000000000000000000000000'],
    ['2001:db8::1', '20010db8000000000000000000000001'],
    ['::ffff:192.0.2.7', '00000000000000000000ffffc0000207'],
    ['1:2:3:4:5:6:7:8', '00010002000300040005000600070008'],
  ])('of %s are %s', (text, hex) => {
    expect(Buffer.from(parseIpv6Bytes(text) ?? []).toString('hex')).toBe(hex);
  });

  it.each(['', ':', '1::2::3', '1:2:3:4:5:6:7', '1:2:3:4:5:6:7:8::', '12345::', '::1.2.3', '1.2.3.4::'])(
    'are none of IPv6 in %j',
    (text) => {
      expect(parseIpv6Bytes(text)).toBeNull();
    },
  );
});
