import type { RunProgress } from '../model/run-progress.js';

/**
 * Joins how far one run has got in two inventories, the same in whatever order: what is done in one of them is done.
 * Places of different plans say nothing of each other: then one of them counts.
 */
export function mergeRunProgress(a: RunProgress, b: RunProgress): RunProgress {
  if (a.planDigest !== b.planDigest) return a.planDigest > b.planDigest ? a : b;
  const extra = Math.max(a.extra, b.extra);
  const [ahead, behind] = a.doneBefore >= b.doneBefore ? [a, b] : [b, a];
  const offset = ahead.doneBefore - behind.doneBefore;
  const bits = new Uint8Array(
    Math.max(ahead.doneBeyond.length, Math.ceil(Math.max(0, behind.doneBeyond.length * 8 - offset) / 8)),
  );
  bits.set(ahead.doneBeyond);
  for (let bit = 0; bit < bits.length * 8; bit += 1)
    if (hasBit(behind.doneBeyond, bit + offset)) setBit(bits, bit);
  let done = 0;
  while (hasBit(bits, done)) done += 1;
  const beyond = new Uint8Array(bits.length);
  let length = 0;
  for (let bit = done; bit < bits.length * 8; bit += 1) {
    if (!hasBit(bits, bit)) continue;
    setBit(beyond, bit - done);
    length = ((bit - done) >> 3) + 1;
  }
  return {
    planDigest: a.planDigest,
    doneBefore: ahead.doneBefore + done,
    doneBeyond: beyond.slice(0, length),
    extra,
  };
}

function hasBit(bits: Uint8Array, bit: number): boolean {
  return (((bits[Math.floor(bit / 8)] ?? 0) >> (bit % 8)) & 1) === 1;
}

function setBit(bits: Uint8Array, bit: number): void {
  const byte = Math.floor(bit / 8);
  bits[byte] = (bits[byte] ?? 0) | (1 << (bit % 8));
}
