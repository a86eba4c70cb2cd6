import { createHash } from 'node:crypto';
import { ByteReader } from './byte-reader.js';
import type { CipherSuite } from './cipher-suites.js';
import { groupName } from './groups.js';
import { malformed } from './malformed.js';
import type { ProtocolVersion } from './protocol-versions.js';

/** The key-exchange parameters that a server of SSLv3 to TLS 1.2 sends. */
export type KeyExchangeParameters =
  /** A curve by its registered number (RFC 8422, section 5.4). */
  | { readonly kind: 'named-curve'; readonly group: number }
  /** A curve spelled out, which nobody should accept: 1 over a prime field, 2 over a binary one. */
  | { readonly kind: 'explicit-curve'; readonly curveType: 1 | 2 }
  /** Diffie-Hellman over a prime; numbers big-endian without leading zeros (RFC 5246, section 7.4.3). */
  | { readonly kind: 'dh'; readonly bits: number; readonly prime: Buffer; readonly generator: Buffer }
  /** A short-lived RSA key of an export suite (RFC 2246, section 7.4.3). */
  | { readonly kind: 'rsa'; readonly bits: number; readonly modulus: Buffer };

/** What a ServerKeyExchange tells. */
export interface ServerKeyExchange {
  readonly parameters: KeyExchangeParameters;
  /** The scheme that it is signed with; null: unsigned, or before TLS 1.2, where the version fixes it. */
  readonly signatureScheme: number | null;
}

const CURVE_TYPE = { explicitPrime: 1, explicitBinary: 2, named: 3 } as const;

/** SHA-256 of the RFC 7919 primes: Diffie-Hellman over one of these has a group name. */
const FFDHE_PRIMES: ReadonlyMap<string, string> = new Map([
  ['9cd3b7f336872f46c09428d1bbc19877a4d440512cda8d1c1cf0cd6e33698966', 'ffdhe2048'],
  ['0eaf67db3a839156d5013494a5318a772b5697d270d721f37f092efc69ea5a17', 'ffdhe3072'],
  ['4648414224ac881b3d0dc59b466f96d06a558278776807797ecf1f66ff397b3e', 'ffdhe4096'],
  ['227ac9066b3ddd9e193670cda2388fa884f65ba0cf98b742d1fe77a6687c79c7', 'ffdhe6144'],
  ['770b14efaf6f049929c523113b3fa99a8d11dab1b18af3609590122075d19833', 'ffdhe8192'],
]);

/** Reads a ServerKeyExchange; null where the suite's key exchange is one whose parameters nobody asks about. */
export function readServerKeyExchange(
  body: Buffer,
  suite: CipherSuite,
  version: ProtocolVersion,
): ServerKeyExchange | null {
  const reader = new ByteReader(body, 'ServerKeyExchange');
  if (suite.authentication === 'PSK' || suite.authentication === 'RSA+PSK') reader.vector(2);
  const parameters = readParameters(reader, suite.keyExchange);
  if (parameters === null) return null;
  const isSigned = version === 'TLSv1.2' && reader.left > 2 && parameters.kind !== 'explicit-curve';
  return { parameters, signatureScheme: isSigned ? reader.uint16() : null };
}

/** The group's name in records: `x25519`, `ffdhe2048`, `dh-1024`; null for RSA. */
export function keyExchangeGroupName(parameters: KeyExchangeParameters): string | null {
  switch (parameters.kind) {
    case 'named-curve':
      return groupName(parameters.group);
    case 'explicit-curve':
      return groupName(parameters.curveType === CURVE_TYPE.explicitPrime ? 0xff01 : 0xff02);
    case 'dh': {
      const digest = createHash('sha256').update(parameters.prime).digest('hex');
      return FFDHE_PRIMES.get(digest) ?? `dh-${parameters.bits}`;
    }
    case 'rsa':
      return null;
  }
}

function readParameters(reader: ByteReader, keyExchange: string): KeyExchangeParameters | null {
  switch (keyExchange) {
    case 'ECDHE':
      return readCurve(reader);
    case 'DHE': {
      const prime = readInteger(reader);
      const generator = readInteger(reader);
      reader.vector(2);
      return { kind: 'dh', bits: bitLength(prime), prime, generator };
    }
    case 'RSA': {
      const modulus = readInteger(reader);
      reader.vector(2);
      return { kind: 'rsa', bits: bitLength(modulus), modulus };
    }
    default:
      return null;
  }
}

function readCurve(reader: ByteReader): KeyExchangeParameters {
  const type = reader.uint8();
  switch (type) {
    case CURVE_TYPE.named: {
      const group = reader.uint16();
      reader.vector(1);
      return { kind: 'named-curve', group };
    }
    case CURVE_TYPE.explicitPrime:
    case CURVE_TYPE.explicitBinary:
      return { kind: 'explicit-curve', curveType: type };
    default:
      throw malformed(`ServerKeyExchange has a curve of type ${type}`);
  }
}

function readInteger(reader: ByteReader): Buffer {
  const bytes = reader.vector(2);
  const first = bytes.findIndex((byte) => byte !== 0);
  return first === -1 ? bytes.subarray(bytes.length) : bytes.subarray(first);
}

function bitLength(integer: Buffer): number {
  const first = integer[0];
  return first === undefined ? 0 : 8 * integer.length - (Math.clz32(first) - 24);
}
