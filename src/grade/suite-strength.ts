/** Bits of security of the ciphers that are in the names of suites, as the SSL Labs rating guide counts them. */
const STRENGTHS: readonly (readonly [RegExp, number])[] = [
  [/[_-]NULL([_-]|$)|^TLS_SHA(256_SHA256|384_SHA384)$/, 0],
  [/_EXPORT1024_|_56_|_DES_64_|RC4_64/, 56],
  [/_EXPORT|_DES40_|_(CBC|RC4)_40_/, 40],
  // Three keys of 56 bits are worth two (meet in the middle).
  [/_3DES_|_DES_192_/, 112],
  [/_DES_CBC/, 56],
  // 80 bits, and a back door.
  [/FORTEZZA/, 80],
  [/_(AES|CAMELLIA|ARIA|AEGIS)_?256/, 256],
  [/CHACHA20|28147|KUZNYECHIK|MAGMA|GOST/, 256],
  [/_(AES|CAMELLIA|ARIA|AEGIS)_?128|RC4_128|RC2_128|IDEA|SEED|SM4|ASCONAEAD128/, 128],
];

/** Finds the strength of a suite's cipher in bits by its registered name; null: it is unknown. */
export function findSuiteStrength(name: string): number | null {
  return STRENGTHS.find(([pattern]) => pattern.test(name))?.[1] ?? null;
}
