import { describe, expect, it } from 'vitest';
import { readOid } from '../../../src/x509/der/oid.js';
import { readDer } from '../../../src/x509/der.js';
import { DerError } from '../../../src/x509/der-error.js';
import { encodeDer, encodeOid } from '../../fixtures/encode-der.js';

const read = (der: Uint8Array) => readOid(readDer(der), 'it');

describe('readOid', () => {
  it.each([
    '0.9.2342.19200300.100.1.25',
    '1.2.840.113549.1.1.11',
    '1.3.6.1.4.1.311.21.8.5065708.9216345.10176938.12345678.12345678.9.1.2',
    '2.5.4.3',
    '2.999.1',
    '2.16.840.1.101.3.4.2.1',
    // Arcs made of UUIDs exceed what a double holds.
    '2.25.329800735698586629295641978511506172918',
  ])('reads %s', (oid) => {
    expect(read(encodeOid(oid))).toBe(oid);
  });

  it.each([
    ['no octets', encodeDer(6)],
    ['an arc that never ends', encodeDer(6, Buffer.from('2a8648ce', 'hex'))],
    ['more octets than any identifier has', encodeDer(6, Buffer.alloc(129, 1))],
    ['another tag', encodeDer(5)],
  ])('refuses %s', (_name, der) => {
    expect(() => read(der)).toThrow(DerError);
  });
});
