import {
  duplicateCertificate,
  invalidSignature,
  noTrustAnchor,
  notACa,
  unreadableCertificate,
} from './file-rules/index.js';
import type { FindingRule } from './finding-rule.js';

/** A rule about one certificate of a trust store. */
export interface TrustStoreRule extends FindingRule {
  /** Whether what breaks it is of no use as a trust anchor. */
  readonly invalidates: boolean;
}

const VALIDITY = 'RFC 5280, section 4.1.2.5';

/** What can be wrong with a certificate of a trust store besides its key; what a server can have too is mended otherwise here. */
export const TRUST_STORE_RULES = {
  distrusted: {
    id: 'distrusted-ca',
    severity: 'medium',
    citation: 'Mozilla Root Store Policy, section 7.3; Chrome Root Program Policy',
    advice: 'Take it out of the store, unless a service of your own still needs it; then plan for its end.',
    invalidates: false,
  },
  duplicate: { ...duplicateCertificate, invalidates: false },
  expired: {
    id: 'expired',
    severity: 'medium',
    citation: VALIDITY,
    advice:
      'Take it out of the store once the CA has a successor there. Many clients still trust an anchor that has expired, others refuse all below it.',
    invalidates: true,
  },
  expiring: {
    id: 'expiring',
    severity: 'low',
    citation: VALIDITY,
    advice: 'Get the successor from the CA and add it to the store before this one ends.',
    invalidates: false,
  },
  md5Signature: {
    id: 'md5-signature',
    severity: 'high',
    citation: 'RFC 6151, section 2; BR 7.1.3.2',
    advice:
      'Replace it by its successor, signed with SHA-256: others can make certificates with this signature.',
    invalidates: false,
  },
  noTrustAnchor: { ...noTrustAnchor, invalidates: true },
  notACa: { ...notACa, invalidates: true },
  notYetValid: {
    id: 'not-yet-valid',
    severity: 'medium',
    citation: VALIDITY,
    advice: 'Check the clock; if it is right, the certificate is of no use before it begins.',
    invalidates: true,
  },
  sha1Signature: {
    id: 'sha1-signature',
    severity: 'medium',
    citation: 'BR 7.1.3.2; NIST SP 800-131A revision 2, section 3',
    advice: 'Replace it by its successor, signed with SHA-256, or by the root that issued it.',
    invalidates: false,
  },
  signature: { ...invalidSignature, invalidates: true },
  unreadable: { ...unreadableCertificate, invalidates: true },
} as const satisfies Readonly<Record<string, TrustStoreRule>>;
