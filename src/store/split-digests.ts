import { encodeHex } from './hex.js';

/** Length of a SHA-256 digest. */
export const DIGEST_BYTES = 32;

/** The first so many SHA-256 digests, hex, of those that stand one behind the other. */
export function splitDigests(bytes: Uint8Array, count: number): string[] {
  const hex = encodeHex(bytes);
  const digests: string[] = [];
  for (let at = 0; at < Math.min(count, bytes.length / DIGEST_BYTES); at += 1)
    digests.push(hex.slice(at * 2 * DIGEST_BYTES, (at + 1) * 2 * DIGEST_BYTES));
  return digests;
}
