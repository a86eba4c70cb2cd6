import { describe, expect, it } from 'vitest';
import { parseSubnet } from '../../src/query/subnet.js';

function hex(bytes: Uint8Array | undefined): string {
  return Buffer.from(bytes ?? []).toString('hex');
}

describe('parseSubnet', () => {
  it.each([
    ['10.1.2.3', '0a010203', '0a010203'],
    ['10.1.2.3/0', '00000000', 'ffffffff'],
    ['10.1.2.3/8', '0a000000', '0affffff'],
    ['10.1.2.255/31', '0a0102fe', '0a0102ff'],
    ['::1', `${'0'.repeat(30)}01`, `${'0'.repeat(30)}01`],
    ['2001:DB8::/33', `20010db8${'0'.repeat(24)}`, `20010db87fff${'f'.repeat(20)}`],
    ['::ffff:10.0.0.1/128', `${'0'.repeat(20)}ffff0a000001`, `${'0'.repeat(20)}ffff0a000001`],
    ['1:2:3:4:5:6:7:8', '00010002000300040005000600070008', '00010002000300040005000600070008'],
  ])('reads %s', (text, first, last) => {
    const subnet = parseSubnet(text);
    expect([hex(subnet?.first), hex(subnet?.last)]).toEqual([first, last]);
  });

  it.each([
    '',
    '10',
    '10.0.0',
    '10.0.0.256',
    '10.0.0.01',
    '10.0.0.0/33',
    '::1/129',
    '1::2::3',
    ':::',
    'fe80::1%eth0',
    'name',
    '1:2:3:4:5:6:7:8:9',
    '::/',
  ])('turns %j away', (text) => {
    expect(parseSubnet(text)).toBeNull();
  });
});
