import { createPrivateKey, createPublicKey } from 'node:crypto';
import { decryptWithPassword } from './decrypt-with-password.js';
import { readOctetString } from './der/octet-string.js';
import { readChildren, readDer, requireTag, TAG } from './der.js';
import { DerError } from './der-error.js';
import { makeKeyDerivationBudget } from './key-derivation-budget.js';
import type { SubjectPublicKey } from './parsed-certificate.js';
import { PasswordError } from './password-error.js';
import type { PemBlock } from './pem.js';
import { readPublicKey } from './public-key.js';

/** RSA of 16,384 bits takes some ten thousand bytes. */
const MAX_KEY_BYTES = 65_536;

/** PEM labels under which private keys are found. */
export const PRIVATE_KEY_LABELS: ReadonlySet<string> = new Set([
  'PRIVATE KEY',
  'ENCRYPTED PRIVATE KEY',
  'RSA PRIVATE KEY',
  'EC PRIVATE KEY',
  'DSA PRIVATE KEY',
]);

/**
 * Reads a private key (RFC 5958, RFC 8017, RFC 5915) and returns its public half: nothing else of it leaves this
 * function. Throws PasswordError when it is encrypted and the password is missing or wrong, and DerError when it cannot
 * be read.
 */
export function readPrivateKey(block: PemBlock, password?: string): SubjectPublicKey {
  if (block.der.length > MAX_KEY_BYTES)
    throw new DerError(`a key of ${block.der.length} bytes, more than ${MAX_KEY_BYTES}`);
  const isEncrypted = block.headers?.includes('ENCRYPTED') ?? false;
  if (isEncrypted && password === undefined) throw new PasswordError('it is protected by a password');
  const plain = block.label === 'ENCRYPTED PRIVATE KEY' ? decryptKey(block.der, password) : block;
  return readPublicKey(readDer(exportPublicHalf(plain, isEncrypted ? password : undefined)));
}

function decryptKey(der: Uint8Array, password: string | undefined): PemBlock {
  if (password === undefined) throw new PasswordError('it is protected by a password');
  const [algorithm, data] = readChildren(requireTag(readDer(der), TAG.sequence, 'the encrypted key'));
  const ciphertext = readOctetString(data, 'the encrypted key');
  const plain = decryptWithPassword(algorithm, ciphertext, password, makeKeyDerivationBudget());
  return { label: 'PRIVATE KEY', der: plain };
}

function exportPublicHalf(block: PemBlock, passphrase: string | undefined): Buffer {
  try {
    const key = createPrivateKey({
      key: armour(block),
      format: 'pem',
      ...(passphrase !== undefined && { passphrase }),
    });
    return createPublicKey(key).export({ type: 'spki', format: 'der' });
  } catch {
    // OpenSSL's words are for programmers, and could quote the key.
    if (passphrase !== undefined)
      throw new PasswordError('the password is wrong, or the encryption of the key is not supported');
    throw new DerError('the key is malformed, or of a kind that is not supported');
  }
}

function armour({ der, headers, label }: PemBlock): string {
  const base64 = (
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? []
  ).join('\n');
  return `-----BEGIN ${label}-----\n${headers ? `${headers}\n\n` : ''}${base64}\n-----END ${label}-----\n`;
}
