import type { EndpointState } from './endpoint-state.js';
import type { ObservationRecord } from './observation-record.js';

/** An observation as the inventory knows it: with what only a history of observations, or people, can add. */
export interface InventoryRecord extends ObservationRecord {
  /** UTC ISO-8601: the first observation of this endpoint, whatever it brought. */
  readonly firstSeen: string;
  /** UTC ISO-8601: when the endpoint was last looked at; of a scan run, or of the past, the observation of this record. */
  readonly lastScan: string;
  /** UTC ISO-8601: the last observation of this endpoint that brought a certificate; null: none ever did. */
  readonly lastSeen: string | null;
  /** What has become of the endpoint by now; null: it has never presented a certificate. */
  readonly state: EndpointState | null;
  /** UTC ISO-8601: the first observation of that state, unbroken since. */
  readonly stateSince: string | null;
  /** Who answers for the endpoint; null: nobody has said. */
  readonly owner: string | null;
  readonly tags: readonly string[];
  /** What people have noted; null: nothing. */
  readonly notes: string | null;
  /** Nobody uses it any more: nobody is told of its expiry (`isNoticed`). */
  readonly unused: boolean;
}
