import type { Inventory } from '../store/inventory.js';
import { parseCertificate } from '../x509/certificate.js';
import { fingerprint } from '../x509/fingerprint.js';
import { DEBIAN_KEY_BITS } from '../x509/keys/debian-key-list.js';
import { readRsaNumbers } from '../x509/keys/rsa-numbers.js';

/** A distinct RSA key. */
export interface ComparedKey {
  readonly modulus: bigint;
  /** SHA-256 of each of its encodings, hex: the same modulus may come with several exponents. */
  readonly spkis: readonly string[];
}

/** The keys of an inventory. */
export interface CollectedKeys {
  /** Distinct keys of all kinds. */
  readonly keys: number;
  readonly rsaKeys: readonly ComparedKey[];
  /** RSA keys that cannot be compared: too long, or no keys at all. */
  readonly passedOver: number;
  /** RSA keys by size, in bits, for which no list of Debian's weak keys is built in. */
  readonly unlisted: ReadonlyMap<number, number>;
  /** Keys that are in several certificates, each by its encodings. */
  readonly sharedKeys: readonly (readonly string[])[];
}

/** Gathers the distinct keys of an inventory. */
export async function collectKeys(inventory: Inventory): Promise<CollectedKeys> {
  const byModulus = new Map<string, { readonly modulus: bigint; readonly spkis: string[] }>();
  const sharedKeys = new Set<readonly string[]>();
  const unlisted = new Map<number, number>();
  let keys = 0;
  let passedOver = 0;
  for await (const { certificates, der, spkiSha256 } of inventory.keys()) {
    keys += 1;
    let spkis = [spkiSha256];
    const { publicKey } = parseCertificate(der);
    const numbers = readRsaNumbers(publicKey);
    if (numbers === null || numbers.modulus < 2n) {
      if (publicKey.type.startsWith('RSA')) passedOver += 1;
    } else {
      const { bits, modulus } = numbers;
      const name = fingerprint(publicKey.rsa?.modulus ?? der);
      const known = byModulus.get(name);
      if (known === undefined) {
        byModulus.set(name, { modulus, spkis });
        if (!DEBIAN_KEY_BITS.includes(bits)) unlisted.set(bits, (unlisted.get(bits) ?? 0) + 1);
      } else {
        known.spkis.push(spkiSha256);
        spkis = known.spkis;
      }
    }
    if (certificates > 1 || spkis.length > 1) sharedKeys.add(spkis);
  }
  return { keys, rsaKeys: [...byModulus.values()], passedOver, unlisted, sharedKeys: [...sharedKeys] };
}
