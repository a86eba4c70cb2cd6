import type { ObservationRecord } from './observation-record.js';

/** An observation as the inventory knows it: with what only a history of observations, or people, can add. */
export interface InventoryRecord extends ObservationRecord {
  /** UTC ISO-8601: the first observation of this endpoint, whatever it brought. */
  readonly firstSeen: string;
  /** UTC ISO-8601: the observation that this record shows. */
  readonly lastScan: string;
  /** Who answers for the endpoint; null: nobody has said. */
  readonly owner: string | null;
  readonly tags: readonly string[];
  /** What people have noted; null: nothing. */
  readonly notes: string | null;
  /** Nobody uses it any more: nobody is told of its expiry (`isNoticed`). */
  readonly unused: boolean;
}
