import type { KeyList } from './key-list.js';

// Why packed: 294,912 digests of ten octets make 2.9 MB for each size of key. The first 16 bits of a digest say in which
// of 65,536 buckets it lies, so that they need not be stored; the next 32 bits are stored; the last 32 are dropped. That
// is 1.2 MB, and an unrelated key is found with a chance of 294,912 in 2^48: about one in a thousand million.

/** Buckets, one for each value of a digest's first two octets. */
const BUCKETS = 0x10000;

/** Octets kept of a digest in its bucket. */
const ENTRY_OCTETS = 4;

/**
 * Opens a packed list: a count of entries, one octet, for each bucket in turn; then the entries, four octets each,
 * ascending. Throws an Error when the counts and the length disagree.
 */
export function openPackedKeyList(bytes: Uint8Array, name: string): KeyList {
  const starts = new Uint32Array(BUCKETS + 1);
  for (let bucket = 0; bucket < BUCKETS; bucket++)
    starts[bucket + 1] = (starts[bucket] ?? 0) + (bytes[bucket] ?? 0);
  const size = starts[BUCKETS] ?? 0;
  if (bytes.length !== BUCKETS + size * ENTRY_OCTETS)
    throw new Error(`${name} is damaged: ${bytes.length} octets for ${size} entries`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

  return {
    name,
    size,
    has(digest) {
      const [b0 = 0, b1 = 0, b2 = 0, b3 = 0, b4 = 0, b5 = 0] = digest;
      const bucket = b0 * 256 + b1;
      const wanted = ((b2 << 24) | (b3 << 16) | (b4 << 8) | b5) >>> 0;
      // A bucket has four or five entries, and 255 at the most.
      const end = starts[bucket + 1] ?? 0;
      for (let index = starts[bucket] ?? 0; index < end; index++)
        if (view.getUint32(BUCKETS + index * ENTRY_OCTETS) === wanted) return true;
      return false;
    },
  };
}
