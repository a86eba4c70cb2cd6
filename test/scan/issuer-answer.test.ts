import { describe, expect, it } from 'vitest';
import { readIssuerAnswer } from '../../src/scan/issuer-answer.js';
import { DerError } from '../../src/x509/der-error.js';
import { makeCertificate } from '../fixtures/make-certificate.js';
import { makePkcs7 } from '../fixtures/make-pkcs7.js';

const root = await makeCertificate({ subject: 'CN=Root', ca: true });
const issuing = await makeCertificate({ subject: 'CN=Issuing', ca: true, issuer: root });
const bundle = makePkcs7([issuing.der, root.der]);
const armoured = `-----BEGIN PKCS7-----\n${Buffer.from(bundle).toString('base64')}\n-----END PKCS7-----\n`;
const broken = '-----BEGIN CERTIFICATE-----\nMAMC\n-----END CERTIFICATE-----\n';

function read(bytes: string | Uint8Array): Buffer[] {
  return readIssuerAnswer(Buffer.from(bytes)).map((der) => Buffer.from(der));
}

describe('readIssuerAnswer', () => {
  it.each<[string, string | Uint8Array, readonly Uint8Array[]]>([
    ['a certificate in DER', issuing.der, [issuing.der]],
    ['a certificate in PEM', issuing.pem, [issuing.der]],
    ['several in PEM', `see below\r\n${issuing.pem}${root.pem}`, [issuing.der, root.der]],
    ['PKCS#7 in DER', bundle, [issuing.der, root.der]],
    ['PKCS#7 in PEM', armoured, [issuing.der, root.der]],
    ['what is sound among what is broken', `${broken}${issuing.pem}`, [issuing.der]],
  ])('reads %s', (_name, bytes, expected) => {
    expect(read(bytes)).toEqual(expected.map((der) => Buffer.from(der)));
  });

  it.each([
    ['nothing', ''],
    ['a page', '<!DOCTYPE html><title>404</title>'],
    ['a broken certificate in PEM', broken],
    ['a key', issuing.privateKeyPem],
    ['PKCS#7 without certificates', makePkcs7([])],
    ['another kind of DER', Buffer.from('30030201ff', 'hex')],
  ])('refuses %s', (_name, bytes) => {
    expect(() => read(bytes)).toThrow(DerError);
  });

  it('fails cleanly at every place where an answer may break off', () => {
    for (const whole of [issuing.der, bundle]) {
      for (let length = 0; length < whole.length; length++)
        expect(() => readIssuerAnswer(whole.subarray(0, length))).toThrow(DerError);
    }
  });

  it('takes no more certificates than any honest bundle has', () => {
    expect(read(makePkcs7(Array.from({ length: 200 }, () => issuing.der)))).toHaveLength(128);
    expect(read(issuing.pem.repeat(200))).toHaveLength(128);
  });
});
