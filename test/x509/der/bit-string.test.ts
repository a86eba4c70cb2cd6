import { describe, expect, it } from 'vitest';
import { isBitSet, readBitString, readBitStringBytes } from '../../../src/x509/der/bit-string.js';
import { readDer } from '../../../src/x509/der.js';
import { DerError } from '../../../src/x509/der-error.js';

const element = (hex: string) => readDer(Buffer.from(hex, 'hex'));

describe('readBitString', () => {
  it('knows its bits, the first being 0', () => {
    const bits = readBitString(element('03020780'), 'it');
    expect([0, 1, 7, 8].map((bit) => isBitSet(bits, bit))).toEqual([true, false, false, false]);
  });

  it('takes unused bits for clear', () => {
    expect(isBitSet(readBitString(element('030207ff'), 'it'), 1)).toBe(false);
  });

  it.each([
    ['no content', '0300'],
    ['eight unused bits', '030208ff'],
    ['unused bits of nothing', '030101'],
  ])('refuses %s', (_name, hex) => {
    expect(() => readBitString(element(hex), 'it')).toThrow(DerError);
  });
});

describe('readBitStringBytes', () => {
  it('notes unused bits where there should be none', () => {
    const odd = element('030204f0');
    expect([...readBitStringBytes(odd, 'it')]).toEqual([0xf0]);
    expect([...odd.source.oddities]).toEqual(['it has 4 unused bits']);
  });
});
