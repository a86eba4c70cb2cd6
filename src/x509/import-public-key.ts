import { createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto';
import { encodeDer } from './encode-der.js';
import type { SubjectPublicKey } from './parsed-certificate.js';

// Why not always from DER: OpenSSL 3 takes 0.1 ms to find out what a DER key is, more than verifying a signature takes.
// A JWK says it beforehand: RSA and Ed25519 keys then take a fifteenth of that, P-256 half. Keys of other curves do not
// gain, as their points are multiplied with the order of the curve.

/** Lengths of moduli that go by way of JWK, in octets: 512 to 16,384 bits, what OpenSSL verifies with. */
const MIN_MODULUS_OCTETS = 64;
const MAX_MODULUS_OCTETS = 2048;

/** Longer exponents are left to OpenSSL's own judgement: BR 6.1.6 knows none. */
const MAX_EXPONENT_OCTETS = 32;

const INTEGER = 0x02;
const BIT_STRING = 0x03;
const SEQUENCE = 0x30;

/** AlgorithmIdentifier of rsaEncryption with the parameters NULL (RFC 3279, section 2.3.1). */
const RSA_ENCRYPTION = Buffer.from('300d06092a864886f70d0101010500', 'hex');

/** What stands before the key itself, up to the octet of unused bits or to the 4 of an uncompressed point. */
const P256_HEAD = Buffer.from('3059301306072a8648ce3d020106082a8648ce3d03010703420004', 'hex');
const RAW_KEYS = [
  { curve: 'Ed25519', head: Buffer.from('302a300506032b6570032100', 'hex'), octets: 32 },
  { curve: 'Ed448', head: Buffer.from('3043300506032b6571033a00', 'hex'), octets: 57 },
] as const;

/**
 * Makes a key of node:crypto; null: the key is malformed, or of a kind or curve that OpenSSL does not know. Only what is
 * written as RFC 3279, 5480 and 8410 have it to the last bit takes the short way: there is no other reading of that.
 */
export function importPublicKey(publicKey: SubjectPublicKey): KeyObject | null {
  const jwk = toJwk(publicKey);
  const der = { key: toBuffer(publicKey.der), format: 'der', type: 'spki' } as const;
  return (jwk && tryImport({ key: jwk, format: 'jwk' })) ?? tryImport(der);
}

function tryImport(input: Parameters<typeof createPublicKey>[0]): KeyObject | null {
  try {
    return createPublicKey(input);
  } catch {
    return null;
  }
}

function toJwk({ der, rsa, type }: SubjectPublicKey): JsonWebKey | null {
  const bytes = toBuffer(der);
  if (rsa !== null) return type === 'RSA' && isPlainRsa(bytes, rsa) ? toRsaJwk(rsa) : null;
  if (hasHead(bytes, P256_HEAD, 64)) {
    const x = toBase64Url(bytes.subarray(-64, -32));
    return { kty: 'EC', crv: 'P-256', x, y: toBase64Url(bytes.subarray(-32)) };
  }
  const raw = RAW_KEYS.find(({ head, octets }) => hasHead(bytes, head, octets));
  return raw ? { kty: 'OKP', crv: raw.curve, x: toBase64Url(bytes.subarray(-raw.octets)) } : null;
}

type RsaKey = NonNullable<SubjectPublicKey['rsa']>;

function isPlainRsa(der: Buffer, { modulus, exponent }: RsaKey): boolean {
  if (modulus.length < MIN_MODULUS_OCTETS || modulus.length > MAX_MODULUS_OCTETS) return false;
  if (exponent.length < 1 || exponent.length > MAX_EXPONENT_OCTETS) return false;
  const key = encodeDer(SEQUENCE, encodeUnsigned(modulus), encodeUnsigned(exponent));
  return encodeDer(SEQUENCE, RSA_ENCRYPTION, encodeDer(BIT_STRING, Buffer.of(0), key)).equals(der);
}

function encodeUnsigned(bytes: Uint8Array): Buffer {
  const isHigh = (bytes[0] ?? 0) >= 0x80;
  return isHigh ? encodeDer(INTEGER, Buffer.of(0), bytes) : encodeDer(INTEGER, bytes);
}

function toRsaJwk({ modulus, exponent }: RsaKey): JsonWebKey {
  return { kty: 'RSA', n: toBase64Url(modulus), e: toBase64Url(exponent) };
}

function hasHead(bytes: Buffer, head: Buffer, rest: number): boolean {
  return bytes.length === head.length + rest && bytes.compare(head, 0, head.length, 0, head.length) === 0;
}

function toBase64Url(bytes: Uint8Array): string {
  return toBuffer(bytes).toString('base64url');
}

/** The same bytes, not copied. */
function toBuffer({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}
