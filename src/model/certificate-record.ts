import type { Certificate } from './certificate.js';
import type { Endpoint } from './endpoint.js';

/** A certificate as the inventory knows it: its facts, and how far it is spread. */
export interface CertificateRecord {
  readonly certificate: Certificate;
  /** Endpoints that present it, in the view that was asked for. */
  readonly endpoints: number;
  /** UTC ISO-8601: when any endpoint presented it first, over all scan runs. */
  readonly firstSeen: string;
  /** UTC ISO-8601: when any endpoint presented it last, over all scan runs. */
  readonly lastSeen: string;
  /** Who answers for it; null: nobody has said. */
  readonly owner: string | null;
  readonly tags: readonly string[];
  /** What people have noted; null: nothing. */
  readonly notes: string | null;
  /** Nobody uses it any more. */
  readonly unused: boolean;
  /** Some of the endpoints whose leaf it is now; absent: nobody has asked. */
  readonly deployments?: readonly Endpoint[];
}
