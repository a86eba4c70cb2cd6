/** Bytes gathered from pieces of any size, up to a limit. */
export interface GrowingBuffer {
  /** False: the limit is passed, and nothing was added. */
  add(piece: Uint8Array): boolean;
  /** What was gathered, as a view. */
  bytes(): Uint8Array;
}

/** What most answers fit into. */
const FIRST_BYTES = 4096;

/**
 * Makes an empty buffer. It grows by doubling, so that a peer who sends single bytes can neither make us copy the whole
 * for each nor keep an object for each.
 */
export function makeGrowingBuffer(limit: number): GrowingBuffer {
  let buffer = Buffer.alloc(0);
  let length = 0;
  return {
    add(piece) {
      const needed = length + piece.length;
      if (needed > limit) return false;
      if (needed > buffer.length) {
        const larger = Buffer.allocUnsafe(Math.min(limit, Math.max(FIRST_BYTES, 2 * needed)));
        buffer.copy(larger, 0, 0, length);
        buffer = larger;
      }
      buffer.set(piece, length);
      length = needed;
      return true;
    },
    bytes: () => buffer.subarray(0, length),
  };
}
