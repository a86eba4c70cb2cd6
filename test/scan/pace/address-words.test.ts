import net, { SocketAddress } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isIpv4Words, readAddressWords } from '../../../src/scan/pace/address-words.js';

function read(text: string): number[] | null {
  const words = new Uint32Array(4);
  return readAddressWords(text, words) ? [...words] : null;
}

describe('readAddressWords', () => {
  it.each<[string, number[]]>([
    ['0.0.0.0', [0, 0, 0xffff, 0]],
    ['192.0.2.1', [0, 0, 0xffff, 0xc0000201]],
    ['255.255.255.255', [0, 0, 0xffff, 0xffffffff]],
    ['::', [0, 0, 0, 0]],
    ['::1', [0, 0, 0, 1]],
    ['1::', [0x10000, 0, 0, 0]],
    ['2001:db8::a:b', [0x20010db8, 0, 0, 0xa000b]],
    ['1:2:3:4:5:6:7:8', [0x10002, 0x30004, 0x50006, 0x70008]],
    ['1:2:3:4:5:6:7::', [0x10002, 0x30004, 0x50006, 0x70000]],
    ['::2:3:4:5:6:7:8', [0x2, 0x30004, 0x50006, 0x70008]],
    ['FFFF:ffff:FFFF:ffff:FFFF:ffff:FFFF:ffff', [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff]],
    ['::ffff:192.0.2.1', [0, 0, 0xffff, 0xc0000201]],
    ['64:ff9b::192.0.2.33', [0x64ff9b, 0, 0, 0xc0000221]],
    ['1:2:3:4:5:6:1.2.3.4', [0x10002, 0x30004, 0x50006, 0x1020304]],
  ])('reads %s', (text, words) => {
    expect(read(text)).toEqual(words);
  });

  it.each([
    '',
    '1',
    '1.2.3',
    '1.2.3.4.5',
    '1.2.3.',
    '.1.2.3',
    '1..2.3',
    '256.1.1.1',
    '1.1.1.1111',
    '1.1.1.01',
    '00.1.1.1',
    'a.b.c.d',
    ':',
    ':::',
    '1:',
    ':1',
    '1::2::3',
    '1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:8:9',
    '1:2:3:4:5:6:7:8::',
    '::1:2:3:4:5:6:7:8',
    '12345::',
    'g::',
    '1:2:3:4:5:6:7:1.2.3.4',
    '::1.2.3',
    '::1.2.3.4:5',
    'fe80::1%eth0',
    '[::1]',
    'example.org',
  ])('reads no address in %j', (text) => {
    expect(read(text)).toBeNull();
  });

  it('reads whatever the platform writes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), (bytes) => {
        const view = new DataView(bytes.buffer, bytes.byteOffset);
        const words = [0, 4, 8, 12].map((at) => view.getUint32(at));
        const groups = Array.from({ length: 8 }, (_, group) => view.getUint16(2 * group).toString(16));
        const { address } = new SocketAddress({ family: 'ipv6', address: groups.join(':') });
        expect(read(address)).toEqual(words);
        expect(read(groups.join(':'))).toEqual(words);
      }),
    );
  });

  it('takes for an address what the platform does', () => {
    const unit = fc.constantFrom(':', '::', '.', '0', '1', 'f', '12', 'abcd', '255', '1.2.3.4', '1:2:3');
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 12 }), (text) => {
        expect(read(text) !== null).toBe(net.isIP(text) !== 0);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('isIpv4Words', () => {
  it.each<[string, boolean]>([
    ['192.0.2.1', true],
    ['::ffff:192.0.2.1', true],
    ['::192.0.2.1', false],
    ['1::ffff:c000:201', false],
  ])('of %s is %s', (text, expected) => {
    const words = new Uint32Array(4);
    readAddressWords(text, words);
    expect(isIpv4Words(words)).toBe(expected);
  });
});
