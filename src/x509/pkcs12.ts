import { createHmac, getHashes, timingSafeEqual } from 'node:crypto';
import { decryptWithPassword } from './decrypt-with-password.js';
import { readSmallInteger } from './der/integer.js';
import { readOctetString } from './der/octet-string.js';
import { readOid } from './der/oid.js';
import { readText } from './der/text.js';
import { type DerElement, encodingOf, readChildren, readDer, readWrapped, requireTag, TAG } from './der.js';
import { DerError } from './der-error.js';
import { deriveKey, readHmac } from './derive-key.js';
import { HASH_ALGORITHMS } from './hash-algorithms.js';
import { type KeyDerivationBudget, makeKeyDerivationBudget } from './key-derivation-budget.js';
import { PasswordError } from './password-error.js';
import { derivePkcs12Key, encodePkcs12Password } from './pkcs12-key.js';

/** One thing that a PKCS#12 file holds. */
export interface Pkcs12Bag {
  /** `private-key`: PKCS#8, decrypted. */
  readonly kind: 'certificate' | 'private-key' | 'crl' | 'secret' | 'other';
  /** Empty for a secret and what is unknown. */
  readonly der: Uint8Array;
  /** The name that its owner gave it; null: none. */
  readonly friendlyName: string | null;
}

/** A PKCS#12 file, opened. */
export interface Pkcs12 {
  /** In the order of the file. */
  readonly bags: readonly Pkcs12Bag[];
  /** Whether a MAC proves that nothing was changed; false: the file has none. */
  readonly hasMac: boolean;
}

const DATA = '1.2.840.113549.1.7.1';
const SIGNED_DATA = '1.2.840.113549.1.7.2';
const ENCRYPTED_DATA = '1.2.840.113549.1.7.6';

/** RFC 7292, section 4.2. */
const BAG = {
  key: '1.2.840.113549.1.12.10.1.1',
  shroudedKey: '1.2.840.113549.1.12.10.1.2',
  certificate: '1.2.840.113549.1.12.10.1.3',
  crl: '1.2.840.113549.1.12.10.1.4',
  secret: '1.2.840.113549.1.12.10.1.5',
  nested: '1.2.840.113549.1.12.10.1.6',
} as const;

const X509_CERTIFICATE = '1.2.840.113549.1.9.22.1';
const X509_CRL = '1.2.840.113549.1.9.23.1';
const FRIENDLY_NAME = '1.2.840.113549.1.9.20';

/** RFC 9579. */
const PBMAC1 = '1.2.840.113549.1.5.14';

/** HMAC keys of PBMAC1 are as long as the digest; nobody writes longer ones. */
const MAX_MAC_KEY_OCTETS = 64;

/** Bags within bags are allowed and never seen. */
const MAX_DEPTH = 4;

/** Whether an element is a PKCS#12 file: version 3, then a ContentInfo (RFC 7292, section 4). */
export function isPkcs12(element: DerElement): boolean {
  if (element.tag !== TAG.sequence) return false;
  const [version, content] = readChildren(element);
  if (version?.tag !== TAG.integer || content?.tag !== TAG.sequence) return false;
  const [type] = readChildren(content);
  if (type?.tag !== TAG.oid) return false;
  return [DATA, SIGNED_DATA].includes(readOid(type, 'the content type'));
}

/**
 * Opens a PKCS#12 file (RFC 7292). Without a password the empty one is tried, which files of public certificates often
 * have. Throws PasswordError when the file wants a password, or another one, and DerError when it is malformed or
 * protected in a way that is not supported.
 */
export function readPkcs12(element: DerElement, password?: string): Pkcs12 {
  const [version, content, mac] = readChildren(element);
  if (readSmallInteger(version, 'the PKCS#12 version') !== 3)
    throw new DerError('the PKCS#12 file is of a version other than 3');
  const [type, wrapper] = readChildren(requireTag(content, TAG.sequence, 'the PKCS#12 content'));
  if (readOid(type, 'the content type') !== DATA)
    throw new DerError('the PKCS#12 file is protected by a public key, not by a password');
  const budget = makeKeyDerivationBudget();
  const safe = readOctetString(readWrapped(requireTag(wrapper, 0xa0, 'the content')), 'the PKCS#12 content');
  try {
    const text = password ?? '';
    const wide = mac ? verifyMac(mac, safe, text, budget) : encodePkcs12Password(text);
    const reading: Reading = { password: text, wide, budget, depth: 0 };
    return { bags: readSafe(safe, reading), hasMac: mac !== undefined };
  } catch (error) {
    if (!(error instanceof PasswordError) || password !== undefined) throw error;
    throw new PasswordError('it is protected by a password');
  }
}

/** How far into the file, and by what. */
interface Reading {
  readonly password: string;
  /** The password in the form of PKCS#12. */
  readonly wide: Uint8Array;
  readonly budget: KeyDerivationBudget;
  readonly depth: number;
}

/** AuthenticatedSafe (RFC 7292, section 4.1). */
function readSafe(safe: Uint8Array, reading: Reading): Pkcs12Bag[] {
  return readChildren(requireTag(readDer(safe), TAG.sequence, 'the safe')).flatMap((content) => {
    const [type, wrapper] = readChildren(requireTag(content, TAG.sequence, 'a part of the safe'));
    const oid = readOid(type, 'the type of a part');
    const inner = readWrapped(requireTag(wrapper, 0xa0, 'a part of the safe'));
    switch (oid) {
      case DATA:
        return readBags(readDer(readOctetString(inner, 'a part of the safe')), reading);
      case ENCRYPTED_DATA:
        return readBags(readDecrypted(decryptContent(inner, reading)), reading);
      default:
        throw new DerError(`a part of the safe is of type ${oid}, which is not supported`);
    }
  });
}

/** EncryptedData (RFC 5652, section 8). */
function decryptContent(element: DerElement, { budget, password, wide }: Reading): Uint8Array {
  const [, info] = readChildren(requireTag(element, TAG.sequence, 'the encrypted data'));
  const [, algorithm, content] = readChildren(requireTag(info, TAG.sequence, 'the encrypted content'));
  const ciphertext = readOctetString(content, 'the encrypted content', 0x80);
  return decryptWithPassword(algorithm, ciphertext, password, budget, wide);
}

/** One wrong key in 256 leaves a good padding, but hardly ever DER. */
function readDecrypted(bytes: Uint8Array): DerElement {
  try {
    return requireTag(readDer(bytes), TAG.sequence, 'the decrypted data');
  } catch (error) {
    if (!(error instanceof DerError)) throw error;
    throw new PasswordError('the password is wrong, or the encrypted data is damaged');
  }
}

function readBags(contents: DerElement, reading: Reading): Pkcs12Bag[] {
  if (reading.depth > MAX_DEPTH) throw new DerError('bags within bags within bags');
  return readChildren(requireTag(contents, TAG.sequence, 'the bags')).flatMap((bag) => readBag(bag, reading));
}

function readBag(bag: DerElement, reading: Reading): Pkcs12Bag[] {
  const [type, wrapper, attributes] = readChildren(requireTag(bag, TAG.sequence, 'a bag'));
  const friendlyName = attributes ? readFriendlyName(attributes) : null;
  const value = readWrapped(requireTag(wrapper, 0xa0, 'the content of a bag'));
  const hold = (kind: Pkcs12Bag['kind'], der: Uint8Array) => [{ kind, der, friendlyName }];
  switch (readOid(type, 'the type of a bag')) {
    case BAG.certificate: {
      const der = readTyped(value, X509_CERTIFICATE);
      return der ? hold('certificate', der) : hold('other', Buffer.alloc(0));
    }
    case BAG.crl: {
      const der = readTyped(value, X509_CRL);
      return der ? hold('crl', der) : hold('other', Buffer.alloc(0));
    }
    case BAG.key:
      return hold('private-key', encodingOf(value));
    case BAG.shroudedKey: {
      const [algorithm, data] = readChildren(requireTag(value, TAG.sequence, 'an encrypted key'));
      const ciphertext = readOctetString(data, 'an encrypted key');
      const { budget, password, wide } = reading;
      const plain = decryptWithPassword(algorithm, ciphertext, password, budget, wide);
      return hold('private-key', encodingOf(readDecrypted(plain)));
    }
    case BAG.nested:
      return readBags(value, { ...reading, depth: reading.depth + 1 });
    case BAG.secret:
      return hold('secret', Buffer.alloc(0));
    default:
      return hold('other', Buffer.alloc(0));
  }
}

/** CertBag and CRLBag (RFC 7292, sections 4.2.3 and 4.2.4): a type, and what is of that type; null: of another. */
function readTyped(element: DerElement, wanted: string): Uint8Array | null {
  const [type, wrapper] = readChildren(requireTag(element, TAG.sequence, 'a bag'));
  if (readOid(type, 'the type of a certificate') !== wanted) return null;
  return readOctetString(readWrapped(requireTag(wrapper, 0xa0, 'a certificate')), 'a certificate');
}

/** RFC 2985, section 5.5.1. */
function readFriendlyName(attributes: DerElement): string | null {
  for (const attribute of readChildren(requireTag(attributes, TAG.set, 'the attributes of a bag'))) {
    const [type, values] = readChildren(requireTag(attribute, TAG.sequence, 'an attribute of a bag'));
    if (readOid(type, 'an attribute of a bag') !== FRIENDLY_NAME || values === undefined) continue;
    const [value] = readChildren(values);
    return value ? readText(value, 'the friendly name') : null;
  }
  return null;
}

/** Verifies MacData (RFC 7292, section 4) and returns the form of the password that it took. */
function verifyMac(
  mac: DerElement,
  safe: Uint8Array,
  password: string,
  budget: KeyDerivationBudget,
): Uint8Array {
  const [info, salt, count] = readChildren(requireTag(mac, TAG.sequence, 'the MAC'));
  const [algorithm, value] = readChildren(requireTag(info, TAG.sequence, 'the digest of the MAC'));
  const [identifier, parameters] = readChildren(requireTag(algorithm, TAG.sequence, 'the MAC algorithm'));
  const oid = readOid(identifier, 'the MAC algorithm');
  const expected = readOctetString(value, 'the digest of the MAC');
  const wide = encodePkcs12Password(password);
  if (oid === PBMAC1) {
    const { hash, key } = derivePbmac1(parameters, password, budget);
    if (isMac(hash, key, safe, expected)) return wide;
    throw wrongMac();
  }
  const hash = HASH_ALGORITHMS[oid];
  if (hash === undefined || !getHashes().includes(hash))
    throw new DerError(`its MAC is not supported: ${oid}`);
  const octets = createHmac(hash, '').digest().length;
  const derivation = {
    hash,
    salt: readOctetString(salt, 'the salt'),
    iterations: count ? readSmallInteger(count, 'the iteration count') : 1,
  };
  // Some software takes an empty password for none at all, which has not even the zero at its end.
  for (const form of password === '' ? [wide, Buffer.alloc(0)] : [wide]) {
    const key = derivePkcs12Key(form, 'mac', derivation, octets, budget);
    if (isMac(hash, key, safe, expected)) return form;
  }
  throw wrongMac();
}

function isMac(hash: string, key: Uint8Array, safe: Uint8Array, expected: Uint8Array): boolean {
  const found = createHmac(hash, key).update(safe).digest();
  return found.length === expected.length && timingSafeEqual(found, expected);
}

function wrongMac(): PasswordError {
  return new PasswordError('the password is wrong, or the file is damaged: its MAC does not match');
}

/** RFC 9579, section 4. */
function derivePbmac1(
  parameters: DerElement | undefined,
  password: string,
  budget: KeyDerivationBudget,
): { readonly hash: string; readonly key: Uint8Array } {
  const [derivation, scheme] = readChildren(requireTag(parameters, TAG.sequence, 'the PBMAC1 parameters'));
  const [, options] = readChildren(requireTag(derivation, TAG.sequence, 'the key derivation'));
  // The length of the key, which is optional elsewhere, must be there.
  const length = readChildren(requireTag(options, TAG.sequence, 'the key derivation parameters'))[2];
  const octets = readSmallInteger(length, 'the length of the MAC key');
  if (octets < 1 || octets > MAX_MAC_KEY_OCTETS) throw new DerError(`a MAC key of ${octets} octets`);
  return { hash: readHmac(scheme), key: deriveKey(derivation, password, octets, budget) };
}
