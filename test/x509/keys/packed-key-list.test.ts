import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openPackedKeyList } from '../../../src/x509/keys/packed-key-list.js';
import { packKeyList } from './pack-key-list.js';

const digest = fc.uint8Array({ minLength: 10, maxLength: 10 });

describe('openPackedKeyList', () => {
  it('finds what was packed, and nothing else', () => {
    fc.assert(
      fc.property(fc.array(digest, { maxLength: 200 }), digest, (digests, other) => {
        const list = openPackedKeyList(packKeyList(digests), 'the list');
        expect(list.size).toBe(digests.length);
        expect(digests.every((each) => list.has(each))).toBe(true);
        const isThere = digests.some(
          (each) => Buffer.compare(each.subarray(0, 6), other.subarray(0, 6)) === 0,
        );
        expect(list.has(other)).toBe(isThere);
      }),
      { numRuns: 30 },
    );
  });

  it('tells neighbours in one bucket apart', () => {
    const neighbours = [
      '00010000000000000000',
      '00010000000100000000',
      '0001ffffffff00000000',
      '00020000000000000000',
    ];
    const [low, middle, high, next] = neighbours.map((hex) => Buffer.from(hex, 'hex')) as [
      Buffer,
      Buffer,
      Buffer,
      Buffer,
    ];
    const list = openPackedKeyList(packKeyList([low, high]), 'the list');
    expect([low, middle, high, next].map((each) => list.has(each))).toEqual([true, false, true, false]);
  });

  it('finds nothing in an empty list', () => {
    expect(openPackedKeyList(packKeyList([]), 'the list').has(Buffer.alloc(10))).toBe(false);
  });

  it('refuses a file that is cut or too long', () => {
    const bytes = packKeyList([Buffer.alloc(10, 7)]);
    expect(() => openPackedKeyList(bytes.subarray(0, -1), 'the list')).toThrow('the list is damaged');
    expect(() => openPackedKeyList(Buffer.concat([bytes, Buffer.alloc(4)]), 'the list')).toThrow('damaged');
    expect(() => openPackedKeyList(Buffer.alloc(0), 'the list')).toThrow('damaged');
  });
});
