import { isSameName } from './name.js';
import { type ComparisonBudget, violatesNameConstraints } from './name-constraints.js';
import type { ParsedCertificate } from './parsed-certificate.js';
import { breaksPathPolicies } from './path-policies.js';
import { isSignedBy } from './signed-by.js';

/** What can be wrong with a path. */
export type PathRule =
  | 'distrusted'
  | 'expired'
  | 'extended-key-usage'
  | 'key-usage'
  | 'loop'
  | 'missing-issuer'
  | 'name-constraints'
  | 'not-a-ca'
  | 'not-yet-valid'
  | 'path-length'
  | 'policy'
  | 'signature'
  | 'signature-algorithm'
  | 'too-complex'
  | 'unknown-critical-extension'
  | 'unreadable-validity'
  | 'version';

/** One rule broken by one certificate. */
export interface PathProblem {
  readonly certificate: ParsedCertificate;
  readonly rule: PathRule;
  /** What is wrong with it, without naming it; lower case, no full stop. */
  readonly message: string;
}

const SERVER_AUTH = '1.3.6.1.5.5.7.3.1';
const ANY_EXTENDED_KEY_USAGE = '2.5.29.37.0';

/** Finds the rule that a leaf breaks whoever issued it; its own validity and purpose are findings, not path rules. */
export function breaksLeafRule(leaf: ParsedCertificate): PathProblem | null {
  return findUnhandledExtension(leaf);
}

/**
 * Finds the first rule that a certificate breaks as the issuer of the last one below it (RFC 5280, section 6.1.4).
 * `below` runs from the leaf up. A root, that is one in no store but signed by itself, is taken like a trust anchor as
 * to its validity, version and purposes: whoever trusts it does so by hand.
 */
export function breaksIssuerRule(
  issuer: ParsedCertificate,
  below: readonly ParsedCertificate[],
  isRoot: boolean,
  now: number,
  budget: ComparisonBudget,
): PathProblem | null {
  return (
    (isRoot ? null : (breaksValidity(issuer, now) ?? breaksPurpose(issuer))) ??
    breaksAuthority(issuer, isRoot) ??
    breaksPathLength(issuer, below) ??
    findUnhandledExtension(issuer) ??
    breaksNameConstraints(issuer, below, budget) ??
    (isRoot ? breaksPathPolicies(below) : null)
  );
}

/**
 * Finds the limit of a trust anchor that is exceeded below it. For RFC 5280, section 6.1.1 (d), an anchor is a name and a
 * key; the limits that its certificate states are heeded all the same (RFC 5937, section 4), as by OpenSSL and Go. What
 * it says of policies is not.
 */
export function breaksAnchorLimit(
  anchor: ParsedCertificate,
  below: readonly ParsedCertificate[],
  budget: ComparisonBudget,
): PathProblem | null {
  return (
    breaksPathLength(anchor, below) ??
    breaksNameConstraints(anchor, below, budget) ??
    breaksPathPolicies(below)
  );
}

/** Whether subject and issuer are the same name: such certificates do not count for path lengths. */
export function isSelfIssued(certificate: ParsedCertificate): boolean {
  return isSameName(certificate.subject, certificate.issuer);
}

/**
 * Whether a certificate's own key verifies it. Where its algorithm cannot be verified here, its names and key
 * identifiers must do.
 */
export function isSelfSigned(certificate: ParsedCertificate): boolean {
  const verdict = isSignedBy(certificate, certificate.publicKey);
  if (verdict !== 'unsupported') return verdict;
  const { authorityKeyIdentifier: issuerKeyId, subjectKeyIdentifier: keyId } = certificate;
  const isOtherKey = issuerKeyId !== null && keyId !== null && Buffer.compare(issuerKeyId, keyId) !== 0;
  return isSelfIssued(certificate) && !isOtherKey;
}

/** RFC 5280, section 6.1.3 (a)(2). */
function breaksValidity(certificate: ParsedCertificate, now: number): PathProblem | null {
  const { notBefore, notAfter, facts } = certificate;
  if (notBefore === null || notAfter === null) {
    return { certificate, rule: 'unreadable-validity', message: 'its validity period cannot be read' };
  }
  if (notAfter < now) return { certificate, rule: 'expired', message: `it expired on ${facts.notAfter}` };
  if (notBefore > now)
    return { certificate, rule: 'not-yet-valid', message: `it is not valid before ${facts.notBefore}` };
  return null;
}

/** Browsers, OpenSSL and Go let the extended key usage of a CA limit what is below it; RFC 5280 does not say. */
function breaksPurpose(certificate: ParsedCertificate): PathProblem | null {
  const purposes = certificate.extendedKeyUsage;
  if (purposes === null || purposes.includes(SERVER_AUTH) || purposes.includes(ANY_EXTENDED_KEY_USAGE))
    return null;
  const message = 'its extended key usage does not allow server authentication';
  return { certificate, rule: 'extended-key-usage', message };
}

/** RFC 5280, section 6.1.4 (k) and (n). Roots from before version 3 say nothing of being a CA. */
function breaksAuthority(certificate: ParsedCertificate, isRoot: boolean): PathProblem | null {
  const { version, basicConstraints, keyUsage } = certificate;
  if (version !== 3) {
    if (isRoot) return null;
    const message = `it is of version ${version}, which cannot mark a CA`;
    return { certificate, rule: 'version', message };
  }
  if (basicConstraints?.ca !== true) {
    return { certificate, rule: 'not-a-ca', message: 'its basic constraints do not mark it as a CA' };
  }
  if (keyUsage !== null && !keyUsage.has('keyCertSign')) {
    return { certificate, rule: 'key-usage', message: 'its key usage does not allow signing certificates' };
  }
  return null;
}

/** RFC 5280, section 6.1.4 (l) and (m): neither the leaf nor self-issued certificates count. */
function breaksPathLength(
  certificate: ParsedCertificate,
  below: readonly ParsedCertificate[],
): PathProblem | null {
  const pathLength = certificate.basicConstraints?.pathLength ?? null;
  if (pathLength === null) return null;
  const intermediates = below.slice(1).filter((each) => !isSelfIssued(each)).length;
  if (intermediates <= pathLength) return null;
  const message = `it allows ${pathLength} intermediate certificates below it, but there are ${intermediates}`;
  return { certificate, rule: 'path-length', message };
}

/** RFC 5280, sections 6.1.4 (o) and 6.1.5 (f). */
function findUnhandledExtension(certificate: ParsedCertificate): PathProblem | null {
  const [oid] = certificate.unhandledExtensions;
  if (oid === undefined) return null;
  const message = `its extension ${oid} must be heeded, and is unknown or malformed`;
  return { certificate, rule: 'unknown-critical-extension', message };
}

/** RFC 5280, section 6.1.3 (b) and (c): self-issued certificates are exempt unless they are the leaf. */
function breaksNameConstraints(
  issuer: ParsedCertificate,
  below: readonly ParsedCertificate[],
  budget: ComparisonBudget,
): PathProblem | null {
  const { nameConstraints } = issuer;
  if (nameConstraints === null) return null;
  for (const [at, certificate] of below.entries()) {
    if (at > 0 && isSelfIssued(certificate)) continue;
    const message = violatesNameConstraints(certificate, nameConstraints, budget);
    if (message) return { certificate, rule: 'name-constraints', message: `${message} of its issuers` };
  }
  return null;
}
