/** Bytes of a moment: milliseconds since 1970 up to the year 10889. */
const MOMENT_BYTES = 6;

/** The latest moment that fits. */
const MOST = 2 ** (8 * MOMENT_BYTES) - 1;

/** Lays moments, ascending milliseconds since 1970, out as bytes; what lies before 1970 becomes its first moment. */
export function encodeSortedMoments(moments: readonly number[]): Buffer {
  const bytes = Buffer.alloc(moments.length * MOMENT_BYTES);
  for (const [index, moment] of moments.entries())
    bytes.writeUIntBE(Math.min(MOST, Math.max(0, moment)), index * MOMENT_BYTES, MOMENT_BYTES);
  return bytes;
}

/** How many moments these are. */
export function countMoments(bytes: Buffer): number {
  return bytes.length / MOMENT_BYTES;
}

/** How many of them are before another one. */
export function countMomentsBefore(bytes: Buffer, moment: number): number {
  let [low, high] = [0, countMoments(bytes)];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (bytes.readUIntBE(middle * MOMENT_BYTES, MOMENT_BYTES) < moment) low = middle + 1;
    else high = middle;
  }
  return low;
}
