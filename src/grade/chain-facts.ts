import type { Revocations } from '../model/revocation.js';
import type { KeyFault } from '../x509/keys/key-test.js';
import type { ParsedCertificate } from '../x509/parsed-certificate.js';
import type { PathSearch } from '../x509/path.js';
import type { Policy } from './policy.js';

/** A presented certificate that could not be read at all. */
export interface UnreadableCertificate {
  /** Its place in the presented chain; the leaf's is 1. */
  readonly place: number;
  readonly fingerprintSha256: string;
  /** What the reader stumbled over. */
  readonly reason: string;
}

/** All that certificate checks look at: one presented chain, judged for one name under one policy at one time. */
export interface ChainFacts {
  readonly leaf: ParsedCertificate;
  /** Every presented certificate that could be read, in sent order; the first is the leaf. */
  readonly presented: readonly ParsedCertificate[];
  readonly unreadable: readonly UnreadableCertificate[];
  readonly search: PathSearch;
  /** Fingerprints of the presented certificates that help some client to build a path. */
  readonly linked: ReadonlySet<string>;
  /** Whether a trust store that the policy calls public anchors the path: then the Baseline Requirements bind. */
  readonly isPublic: boolean;
  /** Names of the trust stores that were asked. */
  readonly trustStoreNames: readonly string[];
  /** Tests the key of a certificate, each distinct key once. */
  readonly testKey: (certificate: ParsedCertificate) => readonly KeyFault[];
  /** What is known of the revocation of the path's certificates; those that nobody was asked about are absent. */
  readonly revocations: Revocations;
  /** The name that the certificate must be valid for; null: none is known. */
  readonly name: string | null;
  readonly policy: Policy;
  /** Milliseconds since 1970, UTC: the moment to judge for. */
  readonly now: number;
}
