import { UsageError } from '../../model/usage-error.js';
import { DIGEST_OCTETS } from './key-list.js';
import { makeWordKeyList, type WordKeyList } from './word-key-list.js';

/** Hex digits of a digest of 80 bits, as openssl-blacklist has them. */
const DIGEST_DIGITS = 2 * DIGEST_OCTETS;

/** Hex digits that are looked up. */
const WORD_DIGITS = 16;

/**
 * Reads a list of weak RSA keys from text: a key a line, by 20 hex digits (openssl-blacklist) or by the whole SHA-1 of
 * 40, of which the last 20 count. Words before the digits are passed over, as generators write process and machine
 * there; `#` begins a comment. Throws a UsageError that names `place` (the file) and the line.
 */
export function parseKeyList(text: string, place: string): WordKeyList {
  const words: bigint[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    const content = line.replace(/#.*/, '').trim();
    if (content === '') continue;
    const digits = /(?:^|\s)((?:[0-9a-f]{20}){1,2})$/i.exec(content)?.[1];
    if (digits === undefined) {
      throw new UsageError(
        `${place} line ${index + 1}: a weak key is written as ${DIGEST_DIGITS} or 40 hex digits, the SHA-1 of its modulus as openssl-blacklist has it`,
      );
    }
    words.push(BigInt(`0x${digits.slice(-WORD_DIGITS)}`));
  }
  return makeWordKeyList(new BigUint64Array(words).sort(), place);
}
