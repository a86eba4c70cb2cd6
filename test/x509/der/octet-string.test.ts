import { describe, expect, it } from 'vitest';
import { readOctetString } from '../../../src/x509/der/octet-string.js';
import { readDer } from '../../../src/x509/der.js';
import { DerError } from '../../../src/x509/der-error.js';
import { encodeDer } from '../../fixtures/encode-der.js';

const piece = (...octets: number[]) => encodeDer(0x04, Buffer.from(octets));
const read = (bytes: Uint8Array, tag?: number) => [...readOctetString(readDer(bytes), 'it', tag)];

describe('readOctetString', () => {
  it.each<[name: string, bytes: Uint8Array, tag: number | undefined, expected: number[]]>([
    ['a whole one', piece(1, 2), undefined, [1, 2]],
    ['an empty one', piece(), undefined, []],
    ['one in pieces', encodeDer(0x24, piece(1), piece(2, 3)), undefined, [1, 2, 3]],
    ['one in pieces of pieces', encodeDer(0x24, encodeDer(0x24, piece(1)), piece(2)), undefined, [1, 2]],
    ['one with a tag of its own', encodeDer(0x80, Buffer.of(7)), 0x80, [7]],
    ['the same in pieces', encodeDer(0xa0, piece(7), piece(8)), 0x80, [7, 8]],
  ])('reads %s', (_name, bytes, tag, expected) => {
    expect(read(bytes, tag)).toEqual(expected);
  });

  it('refuses what is none, and pieces nested without end', () => {
    expect(() => readOctetString(undefined, 'it')).toThrow('it is no OCTET STRING');
    expect(() => read(encodeDer(0x02, Buffer.of(1)))).toThrow(DerError);
    expect(() => read(encodeDer(0x24, encodeDer(0x02, Buffer.of(1))))).toThrow('a piece of another kind');
    let deep: Buffer = piece(1);
    for (let depth = 0; depth < 6; depth++) deep = encodeDer(0x24, deep);
    expect(() => read(deep)).toThrow('pieces within pieces');
  });
});
