import { DIGEST_OCTETS, type KeyList } from './key-list.js';

/** Octets that are looked up: 64 bits fit a machine word, and tell a list of millions from an unrelated key. */
const WORD_OCTETS = 8;

/** A list of weak keys as the last 64 bits of each digest. */
export interface WordKeyList extends KeyList {
  /** Ascending. */
  readonly words: BigUint64Array;
}

/** Makes a list of the last 64 bits of each digest, which ascend. */
export function makeWordKeyList(words: BigUint64Array, name: string): WordKeyList {
  return {
    name,
    size: words.length,
    words,
    has(digest) {
      const wanted = Buffer.from(digest).readBigUInt64BE(DIGEST_OCTETS - WORD_OCTETS);
      let low = 0;
      let high = words.length;
      while (low < high) {
        const middle = (low + high) >>> 1;
        if ((words[middle] ?? 0n) < wanted) low = middle + 1;
        else high = middle;
      }
      return words[low] === wanted;
    },
  };
}
