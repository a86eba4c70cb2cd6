import { CURVES } from './curves.js';
import { readBitStringBytes } from './der/bit-string.js';
import { countBits, readSmallInteger, readUnsignedInteger } from './der/integer.js';
import { readOid } from './der/oid.js';
import { type DerElement, encodingOf, readChildren, readWrapped, requireTag, TAG } from './der.js';
import { DerError } from './der-error.js';
import type { SubjectPublicKey } from './parsed-certificate.js';
import { SIGNATURE_ALGORITHMS } from './signature-algorithms.js';

/** Key algorithms by OID; `bits` where the algorithm fixes the size (RFC 7748, RFC 8032, RFC 9215). */
const KEY_ALGORITHMS: Readonly<Record<string, { readonly type: string; readonly bits: number | null }>> = {
  '1.2.840.113549.1.1.1': { type: 'RSA', bits: null },
  '1.2.840.113549.1.1.7': { type: 'RSA-OAEP', bits: null },
  '1.2.840.113549.1.1.10': { type: 'RSA-PSS', bits: null },
  '2.5.8.1.1': { type: 'RSA', bits: null },
  '1.2.840.10040.4.1': { type: 'DSA', bits: null },
  '1.3.14.3.2.12': { type: 'DSA', bits: null },
  '1.2.840.113549.1.3.1': { type: 'DH', bits: null },
  '1.2.840.10046.2.1': { type: 'DH', bits: null },
  '1.2.840.10045.2.1': { type: 'EC', bits: null },
  '1.3.132.1.12': { type: 'EC', bits: null },
  '1.3.132.1.13': { type: 'EC', bits: null },
  '1.3.101.110': { type: 'X25519', bits: 255 },
  '1.3.101.111': { type: 'X448', bits: 448 },
  '1.3.101.112': { type: 'Ed25519', bits: 256 },
  '1.3.101.113': { type: 'Ed448', bits: 456 },
  '1.2.643.2.2.19': { type: 'GOST R 34.10-2001', bits: 256 },
  '1.2.643.7.1.1.1.1': { type: 'GOST R 34.10-2012-256', bits: 256 },
  '1.2.643.7.1.1.1.2': { type: 'GOST R 34.10-2012-512', bits: 512 },
  '2.16.840.1.101.3.4.4.1': { type: 'ML-KEM-512', bits: null },
  '2.16.840.1.101.3.4.4.2': { type: 'ML-KEM-768', bits: null },
  '2.16.840.1.101.3.4.4.3': { type: 'ML-KEM-1024', bits: null },
};

/** What the inside of a key tells beyond its algorithm. */
type KeyDetails = Partial<Pick<SubjectPublicKey, 'bits' | 'rsa' | 'curve'>>;

/**
 * Reads a SubjectPublicKeyInfo (RFC 5280, section 4.1.2.7). A key whose inside is broken, or whose algorithm is
 * unknown, keeps its bytes; post-quantum keys have no size in bits that could be held against that of others.
 */
export function readPublicKey(element: DerElement | undefined): SubjectPublicKey {
  const info = requireTag(element, TAG.sequence, 'the public key');
  const [algorithm, key] = readChildren(info);
  const [identifier, parameters] = readChildren(requireTag(algorithm, TAG.sequence, 'the key algorithm'));
  const algorithmOid = readOid(identifier, 'the key algorithm');
  const bytes = readBitStringBytes(key, 'the public key');
  // An algorithm of which key and signature share the OID has one name for both (RFC 9881, RFC 9909).
  const known = KEY_ALGORITHMS[algorithmOid];
  const type = known?.type ?? SIGNATURE_ALGORITHMS[algorithmOid]?.name ?? algorithmOid;
  const plain = {
    der: encodingOf(info),
    algorithmOid,
    type,
    bits: known?.bits ?? null,
    bytes,
    rsa: null,
    curve: null,
  };
  try {
    return { ...plain, ...readDetails(type, parameters, key, bytes) };
  } catch (error) {
    if (!(error instanceof DerError)) throw error;
    info.source.oddities.add(`the public key cannot be read: ${error.message}`);
    return plain;
  }
}

function readDetails(
  type: string,
  parameters: DerElement | undefined,
  key: DerElement | undefined,
  bytes: Uint8Array,
): KeyDetails {
  switch (type) {
    case 'RSA':
    case 'RSA-PSS':
    case 'RSA-OAEP':
      return readRsa(key);
    case 'DSA':
    case 'DH':
      return { bits: readPrimeBits(parameters) };
    case 'EC':
      return readCurve(parameters, bytes);
    default:
      return {};
  }
}

/** RFC 8017, appendix A.1.1. */
function readRsa(key: DerElement | undefined): KeyDetails {
  // The octet that counts unused bits comes before the key.
  const wrapped = readWrapped(requireTag(key, TAG.bitString, 'the public key'), 1);
  const [first, second] = readChildren(requireTag(wrapped, TAG.sequence, 'the RSA key'));
  const modulus = readUnsignedInteger(first, 'the modulus');
  return {
    bits: countBits(modulus),
    rsa: { modulus, exponent: readUnsignedInteger(second, 'the exponent') },
  };
}

/** RFC 3279, sections 2.3.2 and 2.3.3: p comes first. DSA parameters may be inherited from the issuer. */
function readPrimeBits(parameters: DerElement | undefined): number | null {
  if (parameters?.tag !== TAG.sequence) return null;
  return countBits(readUnsignedInteger(readChildren(parameters)[0], 'the prime p'));
}

/** RFC 5480, section 2.1.1, which knows named curves only; RFC 3279, section 2.3.5, has explicit ones. */
function readCurve(parameters: DerElement | undefined, point: Uint8Array): KeyDetails {
  if (parameters?.tag === TAG.sequence) return { curve: 'explicit', bits: readFieldBits(parameters) };
  const oid = readOid(parameters, 'the curve');
  const known = CURVES[oid];
  if (known) return { curve: known.name, bits: known.bits };
  return { curve: oid, bits: coordinateBits(point) };
}

/** SEC 1, appendix C.2: the field is a prime, or the degree of a binary field. */
function readFieldBits(parameters: DerElement): number | null {
  const [, field] = readChildren(parameters);
  const [type, value] = readChildren(requireTag(field, TAG.sequence, 'the field'));
  const PRIME_FIELD = '1.2.840.10045.1.1';
  if (readOid(type, 'the field') === PRIME_FIELD) return countBits(readUnsignedInteger(value, 'the prime p'));
  return readSmallInteger(readChildren(requireTag(value, TAG.sequence, 'the field'))[0], 'the degree');
}

/** SEC 1, section 2.3.3: 4 begins an uncompressed point of two coordinates, 2 and 3 a compressed one. */
function coordinateBits(point: Uint8Array): number | null {
  if (point[0] === 4) return ((point.length - 1) >> 1) * 8;
  if (point[0] === 2 || point[0] === 3) return (point.length - 1) * 8;
  return null;
}
