import { readFileSync } from 'node:fs';
import type { KeyList } from './key-list.js';
import { openPackedKeyList } from './packed-key-list.js';

/** Sizes of RSA keys, in bits, for which the list of Debian's weak keys is built in. */
export const DEBIAN_KEY_BITS: readonly number[] = [512, 1024, 2048];

const opened = new Map<number, KeyList>();

/**
 * Finds the complete list of the RSA keys of this size that Debian's OpenSSL could make (CVE-2008-0166); null: there is
 * none for this size, and such a key is not tested. A list is read when it is first asked for, and once.
 */
export function debianKeyList(bits: number): KeyList | null {
  if (!DEBIAN_KEY_BITS.includes(bits)) return null;
  let list = opened.get(bits);
  if (list === undefined) {
    const bytes = readFileSync(new URL(`./data/debian-rsa-${bits}.bin`, import.meta.url));
    list = openPackedKeyList(bytes, `Debian's weak keys of ${bits} bits`);
    opened.set(bits, list);
  }
  return list;
}
