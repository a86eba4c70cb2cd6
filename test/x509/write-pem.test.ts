import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPem } from '../../src/x509/pem.js';
import { writePem } from '../../src/x509/write-pem.js';
import { makeCertificate } from '../fixtures/make-certificate.js';

describe('writePem', () => {
  it('writes what others write', async () => {
    const { der, pem } = await makeCertificate({ dnsNames: ['a.example'] });
    expect(writePem([der])).toBe(pem);
  });

  it('writes what readPem reads', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ minLength: 1, maxLength: 200 })), (ders) => {
        const text = writePem(ders);
        expect(readPem(text).map(({ der }) => Buffer.from(der))).toEqual(ders.map((der) => Buffer.from(der)));
        expect(Math.max(0, ...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(64);
      }),
    );
  });
});
