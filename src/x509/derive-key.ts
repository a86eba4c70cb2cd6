import { pbkdf2Sync, scryptSync } from 'node:crypto';
import { readSmallInteger } from './der/integer.js';
import { readOctetString } from './der/octet-string.js';
import { readOid } from './der/oid.js';
import { type DerElement, readChildren, requireTag, TAG } from './der.js';
import { DerError } from './der-error.js';
import { type KeyDerivationBudget, spendIterations } from './key-derivation-budget.js';
import { unsupportedAlgorithm } from './unsupported-algorithm.js';

/** Hash functions of PBKDF2 by the HMAC that is named (RFC 8018, appendix B.1). */
const HMAC_HASHES: Readonly<Record<string, string>> = {
  '1.2.840.113549.2.7': 'sha1',
  '1.2.840.113549.2.8': 'sha224',
  '1.2.840.113549.2.9': 'sha256',
  '1.2.840.113549.2.10': 'sha384',
  '1.2.840.113549.2.11': 'sha512',
};

const PBKDF2 = '1.2.840.113549.1.5.12';
const SCRYPT = '1.3.6.1.4.1.11591.4.11';

/** OpenSSL writes what takes 16 MiB (N 16384, r 8), and reads what takes 32 unless told otherwise. */
const MAX_SCRYPT_BYTES = 256 * 1024 * 1024;

/** Work of scrypt that one iteration of PBKDF2 compares to, in blocks of 128 octets. */
const SCRYPT_WEIGHT = 4;

/** Derives a key by PBKDF2 (RFC 8018, appendix A.2) or scrypt (RFC 7914, section 7) as an AlgorithmIdentifier says. */
export function deriveKey(
  algorithm: DerElement | undefined,
  password: string,
  octets: number,
  budget: KeyDerivationBudget,
): Buffer {
  const [identifier, parameters] = readChildren(requireTag(algorithm, TAG.sequence, 'the key derivation'));
  const oid = readOid(identifier, 'the key derivation');
  const fields = readChildren(requireTag(parameters, TAG.sequence, 'the key derivation parameters'));
  const salt = readOctetString(fields[0], 'the salt');
  if (oid === PBKDF2) {
    const iterations = readSmallInteger(fields[1], 'the iteration count');
    const hash = readHmacHash(fields.find(({ tag }) => tag === TAG.sequence));
    spendIterations(budget, iterations);
    return pbkdf2Sync(password, salt, iterations, octets, hash);
  }
  if (oid !== SCRYPT) throw unsupportedAlgorithm('key derivation', oid);
  const [cost = 0, blockSize = 0, parallelization = 0] = fields
    .slice(1, 4)
    .map((field) => readSmallInteger(field, 'a scrypt parameter'));
  spendIterations(budget, cost * blockSize * parallelization, SCRYPT_WEIGHT);
  try {
    const options = { cost, blockSize, parallelization, maxmem: MAX_SCRYPT_BYTES };
    return scryptSync(password, salt, octets, options);
  } catch {
    throw new DerError(
      `the scrypt parameters ${cost}, ${blockSize}, ${parallelization} are wrong, or too large`,
    );
  }
}

/** HMAC with SHA-1 goes without saying. */
function readHmacHash(element: DerElement | undefined): string {
  if (element === undefined) return 'sha1';
  const oid = readOid(readChildren(element)[0], 'the pseudo-random function');
  const hash = HMAC_HASHES[oid];
  if (hash === undefined) throw unsupportedAlgorithm('pseudo-random function', oid);
  return hash;
}

/** Reads the hash function of an HMAC from its AlgorithmIdentifier. */
export function readHmac(element: DerElement | undefined): string {
  return readHmacHash(requireTag(element, TAG.sequence, 'the HMAC'));
}
