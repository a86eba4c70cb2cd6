import type { KeyObject } from 'node:crypto';
import { parseCertificate } from '../../../src/x509/certificate.js';
import type { KeyList } from '../../../src/x509/keys/key-list.js';
import type { TestedKey } from '../../../src/x509/keys/key-test.js';
import { readRsaNumbers } from '../../../src/x509/keys/rsa-numbers.js';
import { encodeCertificate } from '../encode-certificate.js';
import { encodeRsaKey } from './encode-rsa-key.js';

/** Reads a SubjectPublicKeyInfo out of a certificate, as tests of keys get it. */
export function readKey(key: Uint8Array | KeyObject, lists: readonly KeyList[] = []): TestedKey {
  const spki = key instanceof Uint8Array ? key : key.export({ type: 'spki', format: 'der' });
  const { publicKey } = parseCertificate(encodeCertificate({ key: spki }));
  return { publicKey, rsa: readRsaNumbers(publicKey), lists };
}

/** Reads an RSA key with any numbers. */
export function readRsaKey(modulus: bigint, exponent?: bigint, lists?: readonly KeyList[]): TestedKey {
  return readKey(encodeRsaKey(modulus, exponent), lists);
}
