import { createDecipheriv, pbkdf2Sync, scryptSync } from 'node:crypto';
import { readSmallInteger } from './der/integer.js';
import { readOctetString } from './der/octet-string.js';
import { readOid } from './der/oid.js';
import { type DerElement, readChildren, requireTag, TAG } from './der.js';
import { DerError } from './der-error.js';
import { type KeyDerivationBudget, spendIterations } from './key-derivation-budget.js';
import { PasswordError } from './password-error.js';
import { derivePkcs12Key, encodePkcs12Password } from './pkcs12-key.js';
import { decryptRc2 } from './rc2.js';

/** A cipher by its name in node:crypto, except for RC2, and the octets of its key. */
interface Cipher {
  readonly name: string;
  readonly keyOctets: number;
}

/** Ciphers of PBES2 (RFC 8018, appendix B.2; RFC 3565, section 4.1). */
const CIPHERS: Readonly<Record<string, Cipher>> = {
  '2.16.840.1.101.3.4.1.2': { name: 'aes-128-cbc', keyOctets: 16 },
  '2.16.840.1.101.3.4.1.22': { name: 'aes-192-cbc', keyOctets: 24 },
  '2.16.840.1.101.3.4.1.42': { name: 'aes-256-cbc', keyOctets: 32 },
  '1.2.840.113549.3.7': { name: 'des-ede3-cbc', keyOctets: 24 },
};

/** Ciphers that go with the key derivation of PKCS#12 and SHA-1 (RFC 7292, appendix C). */
const PKCS12_CIPHERS: Readonly<Record<string, Cipher>> = {
  '1.2.840.113549.1.12.1.3': { name: 'des-ede3-cbc', keyOctets: 24 },
  '1.2.840.113549.1.12.1.4': { name: 'des-ede-cbc', keyOctets: 16 },
  '1.2.840.113549.1.12.1.5': { name: 'rc2', keyOctets: 16 },
  '1.2.840.113549.1.12.1.6': { name: 'rc2', keyOctets: 5 },
};

/** What is known by name only, to say what it is that cannot be decrypted. */
const UNSUPPORTED: Readonly<Record<string, string>> = {
  '1.2.840.113549.1.5.3': 'MD5 with DES',
  '1.2.840.113549.1.5.10': 'SHA-1 with DES',
  '1.2.840.113549.1.5.11': 'SHA-1 with RC2',
  '1.2.840.113549.1.12.1.1': 'RC4 of 128 bits',
  '1.2.840.113549.1.12.1.2': 'RC4 of 40 bits',
};

/** Hash functions of PBKDF2 by the HMAC that is named (RFC 8018, appendix B.1). */
const HMAC_HASHES: Readonly<Record<string, string>> = {
  '1.2.840.113549.2.7': 'sha1',
  '1.2.840.113549.2.8': 'sha224',
  '1.2.840.113549.2.9': 'sha256',
  '1.2.840.113549.2.10': 'sha384',
  '1.2.840.113549.2.11': 'sha512',
};

const PBES2 = '1.2.840.113549.1.5.13';
const PBKDF2 = '1.2.840.113549.1.5.12';
const SCRYPT = '1.3.6.1.4.1.11591.4.11';

/** OpenSSL asks for 16 MiB (N 16384, r 8); this is four times the most that RFC 7914 speaks of. */
const MAX_SCRYPT_BYTES = 256 * 1024 * 1024;

/** Work of scrypt that one iteration of PBKDF2 compares to, in blocks of 128 octets. */
const SCRYPT_WEIGHT = 4;

/**
 * Decrypts what is encrypted with a password: PBES2 (RFC 8018, section 6.2) or the older schemes of PKCS#12 (RFC 7292,
 * appendix C). Throws PasswordError when the password is wrong, as far as padding tells, and DerError when the
 * algorithm is malformed or not supported. `wide` is the password in the form of PKCS#12.
 */
export function decryptWithPassword(
  algorithm: DerElement | undefined,
  ciphertext: Uint8Array,
  password: string,
  budget: KeyDerivationBudget,
  wide: Uint8Array = encodePkcs12Password(password),
): Uint8Array {
  const [identifier, parameters] = readChildren(
    requireTag(algorithm, TAG.sequence, 'the encryption algorithm'),
  );
  const oid = readOid(identifier, 'the encryption algorithm');
  const { cipher, iv, key } =
    oid === PBES2 ? preparePbes2(parameters, password, budget) : preparePkcs12(oid, parameters, wide, budget);
  try {
    if (cipher.name === 'rc2') return decryptRc2(key, iv, ciphertext);
    const decipher = createDecipheriv(cipher.name, key, iv);
    return Buffer.concat([decipher.update(ciphertext), decipher.final()]);
  } catch {
    // With a wrong key the padding is wrong, but for one time in 256: then what comes out is no DER.
    throw new PasswordError('the password is wrong, or the encrypted data is damaged');
  }
}

/** All that decrypting takes. */
interface Prepared {
  readonly cipher: Cipher;
  readonly key: Uint8Array;
  readonly iv: Uint8Array;
}

function preparePkcs12(
  oid: string,
  parameters: DerElement | undefined,
  password: Uint8Array,
  budget: KeyDerivationBudget,
): Prepared {
  const cipher = PKCS12_CIPHERS[oid];
  if (cipher === undefined) throw unsupported('encryption', oid);
  const [salt, count] = readChildren(requireTag(parameters, TAG.sequence, 'the encryption parameters'));
  const derivation = {
    hash: 'sha1',
    salt: readOctetString(salt, 'the salt'),
    iterations: readSmallInteger(count, 'the iteration count'),
  };
  const key = derivePkcs12Key(password, 'key', derivation, cipher.keyOctets, budget);
  const iv = derivePkcs12Key(password, 'iv', derivation, 8, budget);
  // OpenSSL 3 has triple DES with three keys only; two keys are three of which the last is the first.
  if (cipher.name !== 'des-ede-cbc') return { cipher, key, iv };
  return {
    cipher: { name: 'des-ede3-cbc', keyOctets: 24 },
    key: Buffer.concat([key, key.subarray(0, 8)]),
    iv,
  };
}

function preparePbes2(
  parameters: DerElement | undefined,
  password: string,
  budget: KeyDerivationBudget,
): Prepared {
  const [derivation, scheme] = readChildren(requireTag(parameters, TAG.sequence, 'the PBES2 parameters'));
  const [identifier, iv] = readChildren(requireTag(scheme, TAG.sequence, 'the cipher'));
  const oid = readOid(identifier, 'the cipher');
  const cipher = CIPHERS[oid];
  if (cipher === undefined) throw unsupported('cipher', oid);
  const key = deriveKey(derivation, password, cipher.keyOctets, budget);
  return { cipher, key, iv: readOctetString(iv, 'the initialisation vector') };
}

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
  if (oid !== SCRYPT) throw unsupported('key derivation', oid);
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
  if (hash === undefined) throw unsupported('pseudo-random function', oid);
  return hash;
}

/** Reads the hash function of an HMAC from its AlgorithmIdentifier. */
export function readHmac(element: DerElement | undefined): string {
  return readHmacHash(requireTag(element, TAG.sequence, 'the HMAC'));
}

function unsupported(what: string, oid: string): DerError {
  const name = UNSUPPORTED[oid];
  return new DerError(`its ${what} is not supported: ${name === undefined ? oid : `${name} (${oid})`}`);
}
