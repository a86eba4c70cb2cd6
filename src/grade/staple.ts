import type { Revocation, Revocations } from '../model/revocation.js';
import { readOcsp } from '../x509/ocsp.js';
import type { PathSearch } from '../x509/path.js';
import { faultyAnswer, type RevocationAnswer } from '../x509/revocation-answer.js';
import { isSignedBy } from '../x509/signed-by.js';

/** What a server staples, read: what it says of the leaf, or why it says nothing that counts. */
export type Staple = RevocationAnswer;

/** The source of what a stapled response says. */
export const STAPLE_SOURCE = 'staple';

/**
 * Reads the OCSP response that was stapled for the leaf of a path. It must be fresh at `time`, when it was sent: what was
 * sound then stays so when it is judged again later.
 */
export function readStaple(
  der: Uint8Array,
  { certificates, missingIssuer }: PathSearch,
  time: number,
): Staple {
  const [certificate, above] = certificates;
  const issuer = above ?? missingIssuer?.known;
  if (certificate === undefined || !issuer || isSignedBy(certificate, issuer.publicKey) !== true) {
    return faultyAnswer('wrong-signer', "the certificate's issuer is not at hand to verify it with");
  }
  return readOcsp(der, { certificate, issuer, now: time });
}

/** Writes a staple as records have it: `good`, `revoked`, `unknown`, or `invalid` and why. */
export function formatStaple(staple: Staple): string {
  return staple.status === 'error' ? `invalid: ${staple.why}` : staple.status;
}

/**
 * Adds what a staple says of the leaf to what others say. A revocation counts whoever tells it; a staple that does not
 * count is no revocation, and matters only where nobody knows better.
 */
export function joinStaple(others: Revocations, staple: Staple, leafFingerprint: string): Revocations {
  const other = others.get(leafFingerprint);
  if (other?.status === 'revoked') return others;
  const own = toRevocation(staple);
  if (own.status === 'unknown' && other?.status === 'good') return others;
  const joined: Revocation =
    own.status === 'unknown' && other?.status === 'unknown'
      ? { status: 'unknown', why: `${own.why}; ${other.why}` }
      : own;
  return new Map(others).set(leafFingerprint, joined);
}

function toRevocation(staple: Staple): Revocation {
  switch (staple.status) {
    case 'good':
      return { status: 'good', source: STAPLE_SOURCE };
    case 'revoked':
      return { status: 'revoked', at: staple.at, reason: staple.reason, source: STAPLE_SOURCE };
    case 'unknown':
      return { status: 'unknown', why: 'by the stapled OCSP response, the CA does not know the certificate' };
    case 'error':
      return {
        status: 'unknown',
        why: `the stapled OCSP response does not count, which is no revocation: ${staple.why}`,
      };
  }
}
