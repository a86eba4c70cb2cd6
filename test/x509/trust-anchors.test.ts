import { describe, expect, it } from 'vitest';
import { DerError } from '../../src/x509/der-error.js';
import { fingerprint } from '../../src/x509/fingerprint.js';
import { readTrustAnchors } from '../../src/x509/trust-anchors.js';
import { encodeDer, encodeInteger, encodeOid, encodeSequence, TAG } from '../fixtures/encode-der.js';
import { makeCertificate } from '../fixtures/make-certificate.js';

const first = await makeCertificate({ subject: 'CN=First', ca: true });
const second = await makeCertificate({ subject: 'CN=Second', ca: true });

function armour(label: string, der: Uint8Array): string {
  return `-----BEGIN ${label}-----\n${Buffer.from(der).toString('base64')}\n-----END ${label}-----\n`;
}

/** RFC 5652, sections 3 and 5.1: signed data of nobody, as certificates are handed around. */
function encodePkcs7(...certificates: readonly Uint8Array[]): Buffer {
  const signedData = encodeSequence(
    encodeInteger(1n),
    encodeDer(TAG.set),
    encodeSequence(encodeOid('1.2.840.113549.1.7.1')),
    encodeDer(0xa0, ...certificates),
    encodeDer(TAG.set),
  );
  return encodeSequence(encodeOid('1.2.840.113549.1.7.2'), encodeDer(0xa0, signedData));
}

/** The same with indefinite lengths, as Java and Windows write it. */
function encodePkcs7InBer(...certificates: readonly Uint8Array[]): Buffer {
  const open = (tag: number, ...parts: readonly Uint8Array[]) =>
    Buffer.concat([Buffer.of(tag, 0x80), ...parts, Buffer.of(0, 0)]);
  const signedData = open(
    TAG.sequence,
    encodeInteger(1n),
    encodeDer(TAG.set),
    open(TAG.sequence, encodeOid('1.2.840.113549.1.7.1')),
    open(0xa0, ...certificates),
    encodeDer(TAG.set),
  );
  return open(TAG.sequence, encodeOid('1.2.840.113549.1.7.2'), open(0xa0, signedData));
}

describe('readTrustAnchors', () => {
  it.each<[name: string, file: string | Uint8Array, expected: readonly Uint8Array[]]>([
    ['PEM', first.pem, [first.der]],
    ['PEM with noise', `0 of 2\n${first.pem}# and\n${second.pem}`, [first.der, second.der]],
    ['PEM beside a key', second.privateKeyPem + second.pem, [second.der]],
    [
      'a certificate with OpenSSL trust settings',
      armour('TRUSTED CERTIFICATE', Buffer.concat([first.der, Buffer.of(0x30, 0)])),
      [first.der],
    ],
    ['DER', first.der, [first.der]],
    ['PKCS#7 in DER', encodePkcs7(first.der, second.der), [first.der, second.der]],
    ['PKCS#7 in BER', encodePkcs7InBer(first.der, second.der), [first.der, second.der]],
    ['PKCS#7 in PEM', armour('PKCS7', encodePkcs7(first.der)), [first.der]],
    [
      'an attribute certificate among others',
      encodePkcs7(encodeDer(0xa1, Buffer.of(1, 2)), first.der),
      [first.der],
    ],
  ])('reads %s', (_name, file, expected) => {
    const bytes = typeof file === 'string' ? Buffer.from(file) : file;
    expect(readTrustAnchors(bytes).map(fingerprint)).toEqual(expected.map(fingerprint));
  });

  it.each<[name: string, file: string | Uint8Array, message: string]>([
    ['nothing', '', 'the file is empty'],
    ['text', 'hello', 'neither PEM nor whole DER'],
    ['a key in PEM', first.privateKeyPem, 'the file holds PRIVATE KEY'],
    ['a key in DER', first.privateKey.export({ type: 'pkcs8', format: 'der' }), 'a key or other data'],
    ['PKCS#7 without certificates', encodePkcs7(), 'holds none'],
    ['DER cut short', first.der.subarray(0, 100), 'neither PEM nor whole DER'],
    ['PKCS#7 of something else', encodeSequence(encodeOid('1.2.840.113549.1.7.1')), 'other data in DER'],
  ])('says what %s is', (_name, file, message) => {
    const bytes = typeof file === 'string' ? Buffer.from(file) : file;
    expect(() => readTrustAnchors(bytes)).toThrow(DerError);
    expect(() => readTrustAnchors(bytes)).toThrow(message);
  });

  it('fails with DerError on every prefix of PKCS#7', () => {
    const whole = encodePkcs7(first.der);
    for (let length = 0; length < whole.length; length++) {
      expect(() => readTrustAnchors(whole.subarray(0, length))).toThrow(DerError);
    }
  });
});
