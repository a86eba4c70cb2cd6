import { describe, expect, it } from 'vitest';
import { createCertificateReader } from '../../src/grade/certificate-reader.js';
import { makeLeaf } from './judge-setup.js';

describe('createCertificateReader', () => {
  it('parses equal bytes once', async () => {
    const { der } = await makeLeaf();
    const read = createCertificateReader();
    expect(read(Uint8Array.from(der)).certificate).toBe(read(der).certificate);
  });

  it('does not keep the buffer that the bytes came in', async () => {
    const { der } = await makeLeaf();
    const buffer = new Uint8Array(100_000);
    buffer.set(der, 500);
    const read = createCertificateReader();
    const { certificate } = read(buffer.subarray(500, 500 + der.length));
    buffer.fill(0);
    expect(certificate?.der).toEqual(der);
    expect(certificate?.der.buffer.byteLength).toBe(der.length);
  });

  it('tells certificates apart that agree in length and end', async () => {
    const { der } = await makeLeaf({ subject: 'CN=one' });
    const other = Buffer.from(der);
    other.write('two', other.lastIndexOf('one'));
    const read = createCertificateReader();
    expect(read(der).certificate?.facts.commonName).toBe('one');
    expect(read(other).certificate?.facts.commonName).not.toBe('one');
    expect(read(der).certificate?.facts.commonName).toBe('one');
  });

  it.each([
    ['no bytes', new Uint8Array()],
    ['one byte', Uint8Array.of(0x30)],
    ['noise', Uint8Array.from({ length: 300 }, (_, i) => (i * 37) & 0xff)],
  ])('says why %s cannot be read', (_, der) => {
    const result = createCertificateReader()(der);
    expect(result.certificate).toBeNull();
    expect(result).toMatchObject({ fingerprintSha256: expect.stringMatching(/^[\da-f]{64}$/) });
    expect(result).toHaveProperty('reason', expect.stringMatching(/\S/));
  });
});
