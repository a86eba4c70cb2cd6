import type { Certificate } from '../model/certificate.js';
import type { Finding, Severity } from '../model/finding.js';
import { formatDays, formatTime } from '../model/time.js';
import { findDistrustedCa } from '../x509/distrust.js';
import { foldName } from '../x509/name.js';
import type { ParsedCertificate } from '../x509/parsed-certificate.js';
import { isSelfIssued, isSelfSigned } from '../x509/path-rule.js';
import { isSignedBy } from '../x509/signed-by.js';
import { joinFindings } from './apply-checks.js';
import { createCertificateReader } from './certificate-reader.js';
import type { ChainFacts } from './chain-facts.js';
import { describeCertificate } from './describe-certificate.js';
import { findExpiryWindow } from './find-expiry-window.js';
import { applyFindingRule } from './finding-rule.js';
import { judgeKey } from './judge-key.js';
import type { Policy } from './policy.js';
import { TRUST_STORE_RULES, type TrustStoreRule } from './trust-store-rules.js';

/** One certificate of a trust store, audited. */
export interface TrustStoreEntry {
  /** From 1, in the order of the store. */
  readonly place: number;
  readonly fingerprintSha256: string;
  /** Null: it cannot be read. */
  readonly certificate: Certificate | null;
  /** Whether it serves as a trust anchor, or leads to one of the store. */
  readonly valid: boolean;
  readonly selfSigned: boolean;
  readonly findings: readonly Finding[];
}

/** What a trust store is audited by. */
export interface TrustStoreAudit {
  readonly policy: Policy;
  readonly now: Date;
  readonly testKey: ChainFacts['testKey'];
}

/** Anchors of one name that are tried as the issuer of one certificate: a CA renews its own some dozen times at most. */
const MAX_ISSUERS = 16;

/** Audits a trust store, each of its certificates (DER) by itself and as one of the store. */
export function auditTrustStore(
  ders: readonly Uint8Array[],
  { now, policy, testKey }: TrustStoreAudit,
): readonly TrustStoreEntry[] {
  const read = createCertificateReader();
  const results = ders.map(read);
  const anchored = findAnchored(results.flatMap(({ certificate }) => certificate ?? []));
  const places = new Map<string, number>();
  return results.map((result, index) => {
    const place = index + 1;
    if (result.certificate === null) {
      const { fingerprintSha256, reason } = result;
      const rule = TRUST_STORE_RULES.unreadable;
      const findings = applyFindingRule(rule, policy, fingerprintSha256, `it cannot be read: ${reason}`);
      return { place, fingerprintSha256, certificate: null, valid: false, selfSigned: false, findings };
    }
    const { certificate } = result;
    const { fingerprintSha256 } = certificate.facts;
    const selfSigned = isSelfIssued(certificate) && isSelfSigned(certificate);
    const first = places.get(fingerprintSha256);
    if (first === undefined) places.set(fingerprintSha256, place);
    const faults: Fault[] = [
      ...(first === undefined ? [] : [fault('duplicate', `it is the same as the one at place ${first}`)]),
      ...findValidityFaults(certificate, now.getTime(), policy),
      ...findAuthorityFaults(certificate),
      ...findSignatureFaults(certificate, selfSigned),
      ...findDistrust(certificate, now.getTime()),
    ];
    const isBroken = faults.some(({ rule }) => rule === TRUST_STORE_RULES.signature);
    if (!anchored.has(certificate) && !isBroken) {
      faults.push(fault('noTrustAnchor', 'no root of the store stands behind it'));
    }
    const name = describeCertificate(certificate);
    const ofKey = judgeKey(
      { publicKey: certificate.publicKey, owner: name, subject: fingerprintSha256 },
      policy,
      testKey,
    );
    const ofStore = faults.map(({ message, rule, severity }) =>
      applyFindingRule(rule, policy, fingerprintSha256, `${name}: ${message}`, severity),
    );
    return {
      place,
      fingerprintSha256,
      certificate: certificate.facts,
      valid: !faults.some(({ isFatal, rule }) => isFatal || rule.invalidates),
      selfSigned,
      findings: joinFindings(...ofStore, ofKey),
    };
  });
}

/** What is wrong, before the policy is asked. */
interface Fault {
  readonly rule: TrustStoreRule;
  readonly message: string;
  readonly severity?: Severity;
  readonly isFatal?: boolean;
}

function fault(rule: keyof typeof TRUST_STORE_RULES, message: string): Fault {
  return { rule: TRUST_STORE_RULES[rule], message };
}

function findValidityFaults(
  { notAfter, notBefore }: ParsedCertificate,
  now: number,
  policy: Policy,
): readonly Fault[] {
  if (notAfter === null || notBefore === null)
    return [{ ...fault('expired', 'its validity period cannot be read'), severity: 'high' }];
  if (notAfter < now)
    return [fault('expired', `it expired on ${formatTime(notAfter)}, ${formatDays(now - notAfter)} ago`)];
  if (notBefore > now) return [fault('notYetValid', `it begins on ${formatTime(notBefore)}`)];
  const leftMs = notAfter - now;
  // CAs live for decades: a share of that is no warning.
  const windows = policy.expiring.filter(({ days }) => days !== null);
  const { severity } = TRUST_STORE_RULES.expiring;
  const window = findExpiryWindow(windows, leftMs, notAfter - notBefore, severity);
  if (window === null) return [];
  const message = `it expires on ${formatTime(notAfter)}, in ${formatDays(leftMs)}`;
  return [{ ...fault('expiring', message), ...(window.severity !== null && { severity: window.severity }) }];
}

/** Certificates from before version 3 cannot say that they are a CA's, and old roots are of that kind. */
function findAuthorityFaults({ basicConstraints, keyUsage, version }: ParsedCertificate): readonly Fault[] {
  if (version !== 3) return [];
  if (basicConstraints?.ca !== true) return [fault('notACa', 'its basic constraints do not mark it as a CA')];
  if (keyUsage === null || keyUsage.has('keyCertSign')) return [];
  return [fault('notACa', 'its key usage does not allow signing certificates')];
}

/** The signature of a root proves nothing but that the copy is whole; that of others is relied on. */
function findSignatureFaults(certificate: ParsedCertificate, selfSigned: boolean): readonly Fault[] {
  if (isSelfIssued(certificate) && !selfSigned && isOwnKeyMeant(certificate))
    return [fault('signature', 'its signature does not verify with its own key')];
  if (selfSigned) return [];
  const { hash, name } = certificate.signatureAlgorithm;
  if (hash === 'md5' || hash === 'md2') return [fault('md5Signature', `it is signed with ${name}`)];
  return hash === 'sha1' ? [fault('sha1Signature', `it is signed with ${name}, and is no root`)] : [];
}

/** A CA may certify its new key with its old one: then the names are equal and the keys are not. */
function isOwnKeyMeant({ authorityKeyIdentifier, subjectKeyIdentifier }: ParsedCertificate): boolean {
  if (authorityKeyIdentifier === null || subjectKeyIdentifier === null) return true;
  return Buffer.compare(authorityKeyIdentifier, subjectKeyIdentifier) === 0;
}

function findDistrust(certificate: ParsedCertificate, now: number): readonly Fault[] {
  const ca = findDistrustedCa(certificate);
  if (ca === null) return [];
  const { all, decision, issuedAfter, name } = ca;
  if (all !== undefined && now >= Date.parse(all)) {
    const message = `browsers have distrusted ${name}: ${decision}`;
    return [{ ...fault('distrusted', message), severity: 'high', isFatal: true }];
  }
  if (issuedAfter === undefined || now <= Date.parse(issuedAfter)) return [];
  const after = issuedAfter.slice(0, 10);
  return [fault('distrusted', `browsers distrust what ${name} issues after ${after}: ${decision}`)];
}

/** Finds the certificates that are roots, or lead to one by signatures within the store. */
function findAnchored(certificates: readonly ParsedCertificate[]): ReadonlySet<ParsedCertificate> {
  const byIssuer = new Map<string, ParsedCertificate[]>();
  for (const certificate of certificates) {
    const key = foldName(certificate.issuer);
    const group = byIssuer.get(key);
    if (group) group.push(certificate);
    else byIssuer.set(key, [certificate]);
  }
  const anchored = new Set(certificates.filter((each) => isSelfIssued(each) && isSelfSigned(each)));
  const tries = new Map<ParsedCertificate, number>();
  // A set goes on to what is added while it is walked.
  for (const issuer of anchored) {
    const below = byIssuer.get(foldName(issuer.subject)) ?? [];
    const undecided = below.filter((each) => !anchored.has(each) && (tries.get(each) ?? 0) < MAX_ISSUERS);
    for (const certificate of undecided) {
      tries.set(certificate, (tries.get(certificate) ?? 0) + 1);
      if (isSignedBy(certificate, issuer.publicKey) !== false) anchored.add(certificate);
    }
    // What is decided need not be looked at again, however many anchors have this name.
    byIssuer.set(
      foldName(issuer.subject),
      undecided.filter((each) => !anchored.has(each)),
    );
  }
  return anchored;
}
