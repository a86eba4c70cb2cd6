import type { Endpoint } from './endpoint.js';
import type { EndpointState } from './endpoint-state.js';

/** An endpoint that presents a certificate, or did. */
export interface Deployment {
  readonly endpoint: Endpoint;
  /** The first place at which a chain of it held the certificate; the leaf's is 1. */
  readonly place: number;
  /** UTC ISO-8601: the first observation that brought the certificate. */
  readonly firstSeen: string;
  /** UTC ISO-8601: the last one. */
  readonly lastSeen: string;
  /** Whether the endpoint presents it now, as far as is known: one that is unreachable may well do so. */
  readonly isCurrent: boolean;
  /** What has become of the endpoint; null: it has never presented a leaf. */
  readonly state: EndpointState | null;
  /** SHA-256, hex: the chain by which it was presented last, as it was sent. */
  readonly chain: readonly string[];
}
