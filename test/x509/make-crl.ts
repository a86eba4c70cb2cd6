import { sign } from 'node:crypto';
import {
  encodeBitString,
  encodeDer,
  encodeInteger,
  encodeOid,
  encodeSequence,
  encodeTime,
} from '../fixtures/encode-der.js';
import { encodeName } from '../fixtures/encode-name.js';
import type { MadeCertificate } from '../fixtures/make-certificate.js';
import { encodeExtension } from './encode-certificate.js';

const ECDSA_SHA256 = encodeSequence(encodeOid('1.2.840.10045.4.3.2'));

/** What a list is to be like; for what `openssl ca` would not make. */
export interface CrlSpec {
  readonly issuer: MadeCertificate;
  readonly entries: readonly Uint8Array[];
  /** Default: now. */
  readonly thisUpdate?: Date;
  readonly nextUpdate?: Date;
}

/** Makes a revocation list, signed with the issuer's key on P-256. */
export function makeCrl({ issuer, entries, thisUpdate = new Date(), nextUpdate }: CrlSpec): Buffer {
  const tbs = encodeSequence(
    encodeInteger(1n),
    ECDSA_SHA256,
    encodeName(issuer.spec.subject ?? ''),
    encodeTime(thisUpdate),
    ...(nextUpdate ? [encodeTime(nextUpdate)] : []),
    encodeSequence(Buffer.concat(entries)),
  );
  return encodeSequence(tbs, ECDSA_SHA256, encodeBitString(sign('sha256', tbs, issuer.privateKey)));
}

/** Encodes an entry; `serial` is the INTEGER's content. */
export function encodeEntry(serial: Uint8Array, at: Date, reason?: number): Buffer {
  const extensions =
    reason === undefined
      ? []
      : [encodeSequence(encodeExtension('2.5.29.21', encodeDer(0x0a, Uint8Array.of(reason))))];
  return encodeSequence(encodeDer(0x02, serial), encodeTime(at), ...extensions);
}
