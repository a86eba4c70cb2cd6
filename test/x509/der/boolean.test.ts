import { describe, expect, it } from 'vitest';
import { readBoolean } from '../../../src/x509/der/boolean.js';
import { readDer } from '../../../src/x509/der.js';

describe('readBoolean', () => {
  it.each([
    ['0101ff', true, 0],
    ['010100', false, 0],
    ['010101', true, 1],
  ])('reads %s', (hex, value, oddities) => {
    const element = readDer(Buffer.from(hex, 'hex'));
    expect(readBoolean(element, 'it')).toBe(value);
    expect(element.source.oddities.size).toBe(oddities);
  });

  it('refuses one of two octets', () => {
    expect(() => readBoolean(readDer(Buffer.from('0102ffff', 'hex')), 'it')).toThrow('2 octets');
  });
});
