import { parseCertificate } from '../x509/certificate.js';
import { DerError } from '../x509/der-error.js';
import { fingerprint } from '../x509/fingerprint.js';
import type { ParsedCertificate } from '../x509/parsed-certificate.js';
import { createMemo } from './memo.js';

/** What became of reading one presented certificate. */
export type ReadCertificate =
  | { readonly certificate: ParsedCertificate }
  | { readonly certificate: null; readonly fingerprintSha256: string; readonly reason: string };

/** Some ten thousand ordinary certificates: the intermediates of the world and the leaves met lately. */
const CAPACITY_BYTES = 64 * 1024 * 1024;
/** What a parsed certificate costs beside its bytes and what grows with them. */
const OVERHEAD_BYTES = 4096;
/** The end of a certificate is its signature: enough of it to tell all honest certificates apart. */
const TAIL_BYTES = 24;

/**
 * Makes a reader that parses each distinct certificate once.
 *
 * Why not by fingerprint: SHA-256 costs more than all other steps together. The length and the last bytes find the
 * candidate, and comparing the bytes whole proves it; made-up collisions only cost a parse.
 */
export function createCertificateReader(): (der: Uint8Array) => ReadCertificate {
  const memo = createMemo<{ readonly der: Uint8Array; readonly read: ReadCertificate }>(CAPACITY_BYTES);

  return (der) => {
    const key = makeKey(der);
    const known = memo.get(key);
    if (known !== undefined && Buffer.compare(known.der, der) === 0) return known.read;
    // A copy: what arrives is a view of a larger buffer, which would be kept alive whole.
    const own = new Uint8Array(der);
    const read = readCertificate(own);
    memo.set(key, { der: own, read }, OVERHEAD_BYTES + 4 * own.length);
    return read;
  };
}

function makeKey(der: Uint8Array): string {
  const tail = der.subarray(-TAIL_BYTES);
  return `${der.length} ${Buffer.from(tail.buffer, tail.byteOffset, tail.length).toString('latin1')}`;
}

function readCertificate(der: Uint8Array): ReadCertificate {
  try {
    return { certificate: parseCertificate(der) };
  } catch (error) {
    if (!(error instanceof DerError)) throw error;
    return { certificate: null, fingerprintSha256: fingerprint(der), reason: error.message };
  }
}
