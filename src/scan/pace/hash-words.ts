/** Spreads four 32-bit words over 32 bits, so that neighbours in the address space are strangers in a table. */
export function hashWords(first: number, second: number, third: number, fourth: number): number {
  let hash = mix(0, first);
  hash = mix(hash, second);
  hash = mix(hash, third);
  hash = mix(hash, fourth);
  return (hash ^ (hash >>> 15)) >>> 0;
}

/** Odd factors with bits all over: each bit of the word reaches the upper half, and the shift brings that down again. */
function mix(hash: number, word: number): number {
  const product = Math.imul(hash ^ word, 0x85ebca6b);
  return Math.imul(product ^ (product >>> 13), 0xc2b2ae35) ^ (product >>> 16);
}
