/** What became of the search for a certification path. */
export const PATH_STATUSES = [
  'trusted',
  'private',
  'untrusted',
  'incomplete',
  'self-signed',
  'invalid',
  'none',
] as const;

export type PathStatus = (typeof PATH_STATUSES)[number];

/** The best certification path that was found for a leaf, or why there is none. */
export interface Path {
  readonly status: PathStatus;
  /** Names of the trust stores that hold an anchor of a valid path, in the order in which they were given. */
  readonly trustStores: readonly string[];
  /** SHA-256 fingerprints, leaf first, as far as the path could be built. */
  readonly certificates: readonly string[];
  /** The nearest miss: which certificate, which rule; null when there is nothing to explain. */
  readonly reason: string | null;
}
