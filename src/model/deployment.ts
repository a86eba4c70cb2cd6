import type { Endpoint } from './endpoint.js';

/** An endpoint that presents a certificate, or did. */
export interface Deployment {
  readonly endpoint: Endpoint;
  /** The first place at which a chain of it held the certificate; the leaf's is 1. */
  readonly place: number;
  /** UTC ISO-8601: the first observation that brought the certificate. */
  readonly firstSeen: string;
  /** UTC ISO-8601: the last one. */
  readonly lastSeen: string;
  /** Whether the latest observation of the endpoint brought it. */
  readonly isCurrent: boolean;
}
