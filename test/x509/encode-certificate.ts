import {
  encodeBitString,
  encodeDer,
  encodeInteger,
  encodeOid,
  encodeSequence,
  encodeTime,
  encodeTrue,
  TAG,
} from '../fixtures/encode-der.js';
import { encodeName } from '../fixtures/encode-name.js';

// Why not makeCertificate: these certificates are for reading only, and broken in ways that no signer would go along with.

/** The fields of a certificate of version 3 that is sound but for what a row replaces. */
export interface CertificateFields {
  readonly version: Uint8Array | null;
  readonly serial: Uint8Array;
  readonly inner: Uint8Array;
  readonly outer: Uint8Array;
  readonly issuer: Uint8Array;
  readonly notBefore: Uint8Array;
  readonly notAfter: Uint8Array;
  readonly subject: Uint8Array;
  readonly key: Uint8Array;
  readonly extensions: readonly Uint8Array[] | null;
  readonly signature: Uint8Array;
  readonly behind: Uint8Array;
}

/** The algorithm of a sound signature. */
export const SHA256_RSA = encodeSequence(encodeOid('1.2.840.113549.1.1.11'), encodeDer(TAG.null));
/** An algorithm that differs from it. */
export const SHA1_RSA = encodeSequence(encodeOid('1.2.840.113549.1.1.5'), encodeDer(TAG.null));
const NONE = Buffer.of();

/** Encodes a SubjectPublicKeyInfo. */
export function encodeKey(algorithm: string, parameters: Uint8Array, key: Uint8Array): Buffer {
  return encodeSequence(encodeSequence(encodeOid(algorithm), parameters), encodeBitString(key));
}

const SOUND: CertificateFields = {
  version: encodeDer(0xa0, encodeInteger(2n)),
  serial: encodeInteger(0x1234n),
  inner: SHA256_RSA,
  outer: SHA256_RSA,
  issuer: encodeName('CN=CA'),
  notBefore: encodeTime(new Date('2026-01-01T00:00:00Z')),
  notAfter: encodeTime(new Date('2027-01-01T00:00:00Z')),
  subject: encodeName('CN=a.example'),
  key: encodeKey(
    '1.2.840.113549.1.1.1',
    encodeDer(TAG.null),
    encodeSequence(encodeInteger(2n ** 2047n + 1n), encodeInteger(65537n)),
  ),
  extensions: null,
  signature: encodeBitString(Buffer.alloc(256, 1)),
  behind: NONE,
};

/** Encodes a certificate with the changes asked for; its signature is none. */
export function encodeCertificate(changes: Partial<CertificateFields>): Buffer {
  const fields = { ...SOUND, ...changes };
  const tbs = encodeSequence(
    fields.version ?? NONE,
    fields.serial,
    fields.inner,
    fields.issuer,
    encodeSequence(fields.notBefore, fields.notAfter),
    fields.subject,
    fields.key,
    fields.extensions === null ? NONE : encodeDer(0xa3, encodeSequence(...fields.extensions)),
  );
  return Buffer.concat([encodeSequence(tbs, fields.outer, fields.signature), fields.behind]);
}

/** Encodes one extension. */
export function encodeExtension(oid: string, value: Uint8Array, critical = false): Buffer {
  return encodeSequence(encodeOid(oid), critical ? encodeTrue() : NONE, encodeDer(TAG.octetString, value));
}
