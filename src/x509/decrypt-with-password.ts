import { createDecipheriv } from 'node:crypto';
import { readSmallInteger } from './der/integer.js';
import { readOctetString } from './der/octet-string.js';
import { readOid } from './der/oid.js';
import { type DerElement, readChildren, requireTag, TAG } from './der.js';
import { deriveKey } from './derive-key.js';
import type { KeyDerivationBudget } from './key-derivation-budget.js';
import { PasswordError } from './password-error.js';
import { derivePkcs12Key, encodePkcs12Password } from './pkcs12-key.js';
import { decryptRc2 } from './rc2.js';
import { unsupportedAlgorithm } from './unsupported-algorithm.js';

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

const PBES2 = '1.2.840.113549.1.5.13';

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
  if (cipher === undefined) throw unsupportedAlgorithm('encryption', oid);
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
  if (cipher === undefined) throw unsupportedAlgorithm('cipher', oid);
  const key = deriveKey(derivation, password, cipher.keyOctets, budget);
  return { cipher, key, iv: readOctetString(iv, 'the initialisation vector') };
}
