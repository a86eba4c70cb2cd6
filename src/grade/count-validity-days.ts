const DAY_MS = 86_400_000;

/** Counts the days of a validity period as BR 6.3.2 does: both ends belong to it, and any fraction starts a new day. */
export function countValidityDays(notBefore: number, notAfter: number): number {
  return Math.ceil((notAfter - notBefore + 1000) / DAY_MS);
}
