/** Hashes by the way in which names of signature algorithms spell them, longer ones first. */
const HASHES: readonly (readonly [RegExp, string])[] = [
  [/sha3[-_]?(224|256|384|512)/i, 'SHA3-$1'],
  [/sha512[-_/](224|256)/i, 'SHA-512/$1'],
  [/sha[-_]?(224|256|384|512)/i, 'SHA-$1'],
  [/shake[-_]?(128|256)/i, 'SHAKE$1'],
  [/sha-?1(?![0-9])/i, 'SHA-1'],
  [/(?<!p)md([245])(?![0-9])/i, 'MD$1'],
  [/ripemd-?160/i, 'RIPEMD-160'],
  [/sm3/i, 'SM3'],
];

/** Names that were looked at: there are some twenty, and hostile ones are forgotten again. */
const MOST_NAMES = 100;

const known = new Map<string, string | null>();

/**
 * The hash function in the name of a signature algorithm: `SHA-256` of `sha256WithRSAEncryption`. Null where the
 * algorithm brings its own, as EdDSA and ML-DSA do, or is not known.
 */
export function hashOfSignature(algorithm: string): string | null {
  let hash = known.get(algorithm);
  if (hash !== undefined) return hash;
  hash = findHash(algorithm);
  if (known.size >= MOST_NAMES) known.clear();
  known.set(algorithm, hash);
  return hash;
}

function findHash(algorithm: string): string | null {
  for (const [pattern, name] of HASHES) {
    const match = pattern.exec(algorithm);
    if (match) return name.replace('$1', match[1] ?? '');
  }
  return null;
}
