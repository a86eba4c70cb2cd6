/** How far a scan run has come in its plan. */
export interface RunProgress {
  /** Tells the plan from others: places mean the same in plans of one digest only. */
  readonly planDigest: string;
  /** All entries before this place are done. */
  readonly doneBefore: number;
  /** Bit i, least significant first: entry `doneBefore + i` is done; what lies beyond the end is not. */
  readonly doneBeyond: Uint8Array;
  /** Observations besides the first of each entry. */
  readonly extra: number;
}
