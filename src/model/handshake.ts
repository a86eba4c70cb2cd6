/** What was negotiated and sent in one TLS handshake, verbatim. */
export interface Handshake {
  /** `SSLv2`, `SSLv3`, `TLSv1`, `TLSv1.1`, `TLSv1.2` or `TLSv1.3`; empty: another tool has not told it. */
  readonly version: string;
  /** IANA name; null where it could not be learned. */
  readonly cipherSuite: string | null;
  /** Key-exchange group: `x25519`, `secp256r1`, `ffdhe2048`, `dh-1024` ...; null for static key exchange or unknown. */
  readonly group: string | null;
  /** `null` (the TLS word for none) or `deflate`; null where it could not be learned. */
  readonly compression: string | null;
  /** The presented chain: DER exactly as sent, in sent order, strangers and duplicates included. */
  readonly presentedChain: readonly Uint8Array[];
  /** The stapled OCSP response as sent (RFC 6960 DER); null: none was sent. */
  readonly ocspResponse: Uint8Array | null;
}
