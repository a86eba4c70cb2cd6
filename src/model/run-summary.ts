/** What a run has found, in short. Certificates are leaves, each counted once; what people accepted at its end counts for nothing. */
export interface RunSummary {
  /** Endpoints that presented a certificate. */
  readonly endpoints: number;
  readonly certificates: number;
  /** Certificates in use that had expired when the run ended. */
  readonly expired: number;
  /** Others that were to expire within 30 days. */
  readonly expiring: number;
  /** Certificates that an endpoint presents whose status is `Warning`. */
  readonly warnings: number;
  /** Of the endpoints, those that were never observed before. */
  readonly newEndpoints: number;
  /** Certificates that were never presented before. */
  readonly newCertificates: number;
}
