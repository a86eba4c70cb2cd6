import type { Failure } from '../model/failure.js';
import type { Handshake } from '../model/handshake.js';
import type { Outcome } from '../model/outcome.js';
import type { Posture } from '../model/posture.js';
import type { ParsedCertificate } from '../x509/parsed-certificate.js';
import type { Policy } from './policy.js';

/** All that endpoint checks look at. */
export interface EndpointFacts {
  /** `tls`, or the STARTTLS protocol that was spoken. */
  readonly protocol: string;
  readonly outcome: Outcome;
  readonly failure: Failure | null;
  readonly handshake: Handshake | null;
  /** Null: the server was not asked. */
  readonly posture: Posture | null;
  /** The server's certificate; null: none, or it could not be read. */
  readonly leaf: ParsedCertificate | null;
  readonly policy: Policy;
}
