import { expect, it } from 'vitest';
import { hashOfSignature } from '../../src/model/hash-of-signature.js';
import { parseCertificate } from '../../src/x509/certificate.js';
import { readDer } from '../../src/x509/der.js';
import { readSignatureAlgorithm } from '../../src/x509/signature-algorithm.js';
import { encodeOid, encodeSequence } from '../fixtures/encode-der.js';
import { makeCertificate, type SignatureHash } from '../fixtures/make-certificate.js';

it.each<[hash: SignatureHash, name: string, column: string]>([
  ['sha256', 'RSASSA-PSS-SHA256', 'SHA-256'],
  ['sha384', 'RSASSA-PSS-SHA384', 'SHA-384'],
  ['sha1', 'RSASSA-PSS-SHA1', 'SHA-1'],
])('names RSASSA-PSS with the hash of its parameters: %s', async (signatureHash, name, column) => {
  const { der } = await makeCertificate({ key: 'rsa-pss-2048', signatureHash });
  const { signatureAlgorithm } = parseCertificate(der).facts;
  expect(signatureAlgorithm).toBe(name);
  expect(hashOfSignature(signatureAlgorithm)).toBe(column);
});

it('takes SHA-1 where the parameters of RSASSA-PSS name no hash', () => {
  const element = readDer(encodeSequence(encodeOid('1.2.840.113549.1.1.10'), encodeSequence()));
  expect(readSignatureAlgorithm(element)).toMatchObject({ name: 'RSASSA-PSS-SHA1', hash: 'sha1' });
});
