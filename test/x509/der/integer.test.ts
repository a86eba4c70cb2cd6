import { describe, expect, it } from 'vitest';
import {
  countBits,
  readInteger,
  readSmallInteger,
  readUnsignedInteger,
} from '../../../src/x509/der/integer.js';
import { readDer } from '../../../src/x509/der.js';
import { toHex } from '../../../src/x509/hex.js';

const element = (hex: string) => readDer(Buffer.from(hex, 'hex'));

describe('readInteger', () => {
  it.each([
    ['a positive number', '020107', '07', 0],
    ['a negative number', '0201ff', 'ff', 0],
    ['a number with a needful zero', '020200ff', '00ff', 0],
    ['a number with a needless zero', '02020007', '0007', 1],
    ['a negative number with a needless octet', '0202ff80', 'ff80', 1],
  ])('reads %s', (_name, hex, bytes, oddities) => {
    const integer = element(hex);
    expect(toHex(readInteger(integer, 'it'))).toBe(bytes);
    expect(integer.source.oddities.size).toBe(oddities);
  });

  it('refuses one without content', () => {
    expect(() => readInteger(element('0200'), 'it')).toThrow('without content');
  });
});

describe('readUnsignedInteger', () => {
  it('drops leading zeros and refuses negative numbers', () => {
    expect(toHex(readUnsignedInteger(element('02020080'), 'it'))).toBe('80');
    expect(toHex(readUnsignedInteger(element('020100'), 'it'))).toBe('');
    expect(() => readUnsignedInteger(element('020180'), 'it')).toThrow('negative');
  });
});

describe('readSmallInteger', () => {
  it('reads a count and refuses what no double holds', () => {
    expect(readSmallInteger(element('0203010000'), 'it')).toBe(65_536);
    expect(() => readSmallInteger(element('020701000000000000'), 'it')).toThrow('too large');
  });
});

describe('countBits', () => {
  it.each([
    ['', 0],
    ['01', 1],
    ['80', 8],
    ['0100', 9],
    ['7fff', 15],
  ])('counts the bits of %s', (hex, bits) => {
    expect(countBits(Buffer.from(hex, 'hex'))).toBe(bits);
  });
});
