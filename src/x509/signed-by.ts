import { constants, type KeyObject, verify } from 'node:crypto';
import { makeBoundedCache } from './bounded-cache.js';
import { fingerprint } from './fingerprint.js';
import { importPublicKey } from './import-public-key.js';
import type { ParsedCertificate, SubjectPublicKey } from './parsed-certificate.js';
import { SIGNATURE_ALGORITHMS } from './signature-algorithms.js';

/** The issuers that one network's certificates have in common; a key of node:crypto takes some kilobytes. */
const MAX_KEYS = 512;

/** Verdicts of some 150 bytes each: the intermediates of a large scan, and the leaves that many endpoints share. */
const MAX_VERDICTS = 16_384;

/** Public exponents have up to 256 bits by BR 6.1.6; one as long as the modulus makes verifying as slow as signing. */
const MAX_EXPONENT_OCTETS = 32;

/** `unsupported`: the algorithm is unknown, or beyond node:crypto, so that nothing can be said. */
export type SignatureVerdict = boolean | 'unsupported';

const keys = makeBoundedCache<KeyObject | 'unreadable'>(MAX_KEYS);
const verdicts = makeBoundedCache<SignatureVerdict>(MAX_VERDICTS);

/**
 * Tells whether a key verifies a certificate's signature. Weak algorithms (MD5, short keys) verify like any other: that
 * they are weak is a finding of its own.
 *
 * Why the cache: a scan meets the same intermediates thousands of times, and verifying costs more than all the parsing.
 * Both keys of a verdict are digests of what was verified, so none can stand for another.
 */
export function isSignedBy(certificate: ParsedCertificate, issuerKey: SubjectPublicKey): SignatureVerdict {
  const keyId = fingerprint(issuerKey.der);
  const pair = `${certificate.facts.fingerprintSha256} ${keyId}`;
  const known = verdicts.get(pair);
  if (known !== undefined) return known;
  const verdict = verifySignature(certificate, issuerKey, keyId);
  verdicts.set(pair, verdict);
  return verdict;
}

/** Anything that carries a signature: a certificate, a revocation list, an OCSP response. */
export type Signed = Pick<ParsedCertificate, 'tbs' | 'signature' | 'signatureAlgorithm'>;

/** Tells whether a key verifies the signature of something that is met once, so that nothing is remembered. */
export function isSignatureBy(signed: Signed, signerKey: SubjectPublicKey): SignatureVerdict {
  return verifySignature(signed, signerKey, fingerprint(signerKey.der));
}

/** Key types that can make signatures of each scheme (RFC 4055, section 3.1: PSS by either kind of RSA key). */
const KEY_TYPES: Readonly<Record<string, readonly string[]>> = {
  rsa: ['RSA'],
  'rsa-pss': ['RSA', 'RSA-PSS'],
  dsa: ['DSA'],
  ecdsa: ['EC'],
};

function verifySignature(
  { tbs, signature, signatureAlgorithm }: Signed,
  issuerKey: SubjectPublicKey,
  keyId: string,
): SignatureVerdict {
  const { oid, hash, pss, name, isContradicted } = signatureAlgorithm;
  if (isContradicted) return false;
  const scheme = SIGNATURE_ALGORITHMS[oid]?.scheme ?? null;
  if (scheme === null) return 'unsupported';
  // RFC 8410, 9881, 9909: algorithms that take the message itself are named like their keys.
  const keyTypes = scheme === 'pure' ? [name] : KEY_TYPES[scheme];
  if (!keyTypes?.includes(issuerKey.type)) return false;
  if (scheme === 'rsa-pss' && (pss === null || hash === null)) return 'unsupported';
  // node:crypto takes one hash for both uses.
  if (pss && pss.maskHash !== hash) return 'unsupported';
  if ((issuerKey.rsa?.exponent.length ?? 0) > MAX_EXPONENT_OCTETS) return 'unsupported';
  const key = readKey(issuerKey, keyId);
  if (key === 'unreadable') return 'unsupported';
  try {
    if (!pss) return verify(hash, tbs, key, signature);
    const padding = constants.RSA_PKCS1_PSS_PADDING;
    return verify(hash, tbs, { key, padding, saltLength: pss.saltLength }, signature);
  } catch {
    // OpenSSL throws where parts do not fit one another, such as a hash too long for a short key: it did not verify.
    return false;
  }
}

function readKey(issuerKey: SubjectPublicKey, keyId: string): KeyObject | 'unreadable' {
  const known = keys.get(keyId);
  if (known !== undefined) return known;
  const key = importPublicKey(issuerKey) ?? 'unreadable';
  keys.set(keyId, key);
  return key;
}
