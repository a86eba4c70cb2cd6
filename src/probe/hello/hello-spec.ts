import type { ProtocolVersion } from './protocol-versions.js';

/** What one ClientHello says. */
export interface HelloSpec {
  /** The name to ask for (RFC 6066, section 3); null: none. Never an IP literal. */
  readonly serverName: string | null;
  /** The versions offered. Without TLS 1.3 the hello has the old form and just names the newest. */
  readonly versions: readonly ProtocolVersion[];
  /** Suites by number, the favourite first; signalling values (SCSV) may be among them. */
  readonly cipherSuites: readonly number[];
  /** Groups by number, the favourite first. */
  readonly groups: readonly number[];
  /** The groups for which TLS 1.3 key shares are sent at once; others cost a retry, and none sends an empty list. */
  readonly keyShares: readonly number[];
  /** Signature schemes by number, the favourite first. */
  readonly signatureSchemes: readonly number[];
  /** Compression methods by number, as RFC 3749 registers them. Absent: none but `null`. */
  readonly compressionMethods?: readonly number[];
  /** True: no extension at all, as SSLv3 demands and some very old servers need. */
  readonly plain?: boolean;
  /** More extensions by number, for asking whether the server knows them. */
  readonly extraExtensions?: ReadonlyMap<number, Uint8Array>;
  /** The 32 bytes of the client random and the 32 of the session id. Absent: drawn anew. */
  readonly random?: Uint8Array;
}
