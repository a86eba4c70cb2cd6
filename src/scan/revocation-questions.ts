import type { ParsedCertificate } from '../x509/parsed-certificate.js';
import type { PathSearch } from '../x509/path.js';
import { isSelfIssued } from '../x509/path-rule.js';
import { isSignedBy } from '../x509/signed-by.js';

/** A certificate that may have been revoked. */
export interface RevocationSubject {
  readonly certificate: ParsedCertificate;
  /** Null: not at hand, so that no answer could be verified. */
  readonly issuer: ParsedCertificate | null;
}

/** CAs need neither responder nor list for certificates that end this soon (BR 7.1.2.11.2, since 2024-03-15). */
const SHORT_LIVED_MS = 10 * 86_400_000;

/**
 * Lists the certificates of a path that may have been revoked: leaf and intermediates. Not what ends the path, an anchor
 * or a root, which is trusted or not by hand; nor what has expired, which CAs keep no account of (RFC 5280, section
 * 3.3); nor what is so short-lived that nobody is to be asked.
 */
export function listRevocationQuestions(
  { path, certificates, missingIssuer }: PathSearch,
  now: number,
): readonly RevocationSubject[] {
  if (path.status === 'none' || path.status === 'self-signed') return [];
  const isWhole = path.status === 'trusted' || path.status === 'private' || path.status === 'untrusted';
  return certificates.flatMap((certificate, place) => {
    const isLast = place === certificates.length - 1;
    if (isLast && (isWhole || isSelfIssued(certificate))) return [];
    if (hasExpired(certificate, now) || isExempt(certificate)) return [];
    const above = certificates[place + 1] ?? missingIssuer?.known ?? null;
    const isIssuer = above !== null && isSignedBy(certificate, above.publicKey) === true;
    return [{ certificate, issuer: isIssuer ? above : null }];
  });
}

function hasExpired({ notAfter }: ParsedCertificate, now: number): boolean {
  return notAfter !== null && notAfter < now;
}

function isExempt({ notBefore, notAfter, ocspUrls, crlUrls }: ParsedCertificate): boolean {
  if (ocspUrls.length > 0 || crlUrls.length > 0 || notBefore === null || notAfter === null) return false;
  return notAfter - notBefore <= SHORT_LIVED_MS;
}
