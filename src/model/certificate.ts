/** How thoroughly a CA says that it checked the subject (CA/Browser Forum policy identifiers). */
export type Validation = 'EV' | 'OV' | 'DV' | 'Unknown';

/**
 * The facts of one certificate that records, reports and the inventory show. Times are UTC ISO-8601. Of a certificate that
 * another tool has told of without its bytes, texts that were not told are empty.
 */
export interface Certificate {
  /** Lower-case hex of the SHA-256 of the DER. */
  readonly fingerprintSha256: string;
  /** The subject's most specific common name; null when it has none. */
  readonly commonName: string | null;
  /** RFC 4514 string. */
  readonly subject: string;
  /** RFC 4514 string. */
  readonly issuer: string;
  /** `DNS:a.example`, `IP:192.0.2.1`, `email:…`, `URI:…` in the order of the certificate. */
  readonly subjectAltNames: readonly string[];
  /** Lower-case hex of the INTEGER's bytes, an even number of digits, no needless leading zero byte. */
  readonly serialNumber: string;
  /** Null when the certificate's time cannot be read. */
  readonly notBefore: string | null;
  readonly notAfter: string | null;
  /** `RSA`, `RSA-PSS`, `DSA`, `EC`, `Ed25519`, `Ed448`, `ML-DSA-44` …, or the OID of an unknown algorithm. */
  readonly keyType: string;
  /** Size of the modulus or field in bits; null where the algorithm is unknown. */
  readonly keyBits: number | null;
  /** Such as `sha256WithRSAEncryption`, `ecdsa-with-SHA384`, or the OID of an unknown algorithm. */
  readonly signatureAlgorithm: string;
  readonly validation: Validation;
  /** Lower-case hex of the SHA-256 of the SubjectPublicKeyInfo (RFC 7469, section 2.4). */
  readonly spkiSha256: string;
}
