import { createPublicKey } from 'node:crypto';
import type { SubjectPublicKey } from './parsed-certificate.js';

/** Whether two public keys are the same, though they may be written differently: a point compressed, say. */
export function isSameKey(a: SubjectPublicKey, b: SubjectPublicKey): boolean {
  if (Buffer.compare(a.der, b.der) === 0) return true;
  // RSA and RSASSA-PSS are two names for one kind of key.
  if (a.rsa && b.rsa) {
    const isSameModulus = Buffer.compare(a.rsa.modulus, b.rsa.modulus) === 0;
    return isSameModulus && Buffer.compare(a.rsa.exponent, b.rsa.exponent) === 0;
  }
  if (a.type !== b.type || a.bits !== b.bits) return false;
  try {
    return read(a).equals(read(b));
  } catch {
    // What OpenSSL cannot read can be compared by its bytes only, and they differ.
    return false;
  }
}

function read({ der }: SubjectPublicKey) {
  return createPublicKey({ key: Buffer.from(der), format: 'der', type: 'spki' });
}
