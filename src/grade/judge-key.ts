import type { Finding } from '../model/finding.js';
import { NO_EXTENSIONS } from '../x509/extensions.js';
import { fingerprint } from '../x509/fingerprint.js';
import type { ParsedCertificate, SubjectPublicKey } from '../x509/parsed-certificate.js';
import { applyChecks } from './apply-checks.js';
import type { ChainFacts } from './chain-facts.js';
import type { CertificateCheck } from './check.js';
import { closePrimesKey } from './checks/close-primes-key.js';
import { debianWeakKey } from './checks/debian-weak-key.js';
import { dsaKey } from './checks/dsa-key.js';
import { rocaKey } from './checks/roca-key.js';
import { smallFactorKey } from './checks/small-factor-key.js';
import { weakEcKey } from './checks/weak-ec-key.js';
import { weakRsaExponent } from './checks/weak-rsa-exponent.js';
import { weakRsaKey } from './checks/weak-rsa-key.js';
import type { Policy } from './policy.js';

/** A key outside a presented chain: of a request, a file, a trust store. */
export interface JudgedKey {
  readonly publicKey: SubjectPublicKey;
  /** What messages call whose key it is. */
  readonly owner: string;
  /** What the findings are about: SHA-256 of the request, key or certificate, hex. */
  readonly subject: string;
}

/** Checks that look at nothing but keys and the policy. */
export const KEY_CHECKS: readonly CertificateCheck[] = [
  closePrimesKey,
  debianWeakKey,
  dsaKey,
  rocaKey,
  smallFactorKey,
  weakEcKey,
  weakRsaExponent,
  weakRsaKey,
].filter((check): check is CertificateCheck => check.subject === 'certificate');

/** Judges a key by itself, as it would be judged in a presented chain. */
export function judgeKey(key: JudgedKey, policy: Policy, testKey: ChainFacts['testKey']): readonly Finding[] {
  const leaf = wrap(key);
  const path = { status: 'none', trustStores: [], certificates: [], reason: null } as const;
  const facts: ChainFacts = {
    leaf,
    presented: [leaf],
    unreadable: [],
    search: { path, certificates: [leaf], problem: null, missingIssuer: null },
    linked: new Set(),
    isPublic: false,
    trustStoreNames: [],
    testKey,
    revocations: new Map(),
    name: null,
    policy,
    now: 0,
  };
  return applyChecks(facts, KEY_CHECKS);
}

const NOTHING = new Uint8Array();
const NO_NAME = { der: NOTHING, relativeNames: [], isComplete: true };

/** A certificate that has nothing but the key: what checks of keys look at. */
function wrap({ owner, publicKey, subject }: JudgedKey): ParsedCertificate {
  return {
    ...NO_EXTENSIONS,
    der: NOTHING,
    tbs: NOTHING,
    version: 3,
    subject: NO_NAME,
    issuer: NO_NAME,
    notBefore: null,
    notAfter: null,
    publicKey,
    signatureAlgorithm: { oid: '', name: '', hash: null, pss: null },
    signature: NOTHING,
    oddities: [],
    facts: {
      fingerprintSha256: subject,
      commonName: null,
      subject: owner,
      issuer: '',
      subjectAltNames: [],
      serialNumber: '',
      notBefore: null,
      notAfter: null,
      keyType: publicKey.type,
      keyBits: publicKey.bits,
      signatureAlgorithm: '',
      validation: 'Unknown',
      spkiSha256: fingerprint(publicKey.der),
    },
  };
}
