import type { Certificate } from '../model/certificate.js';

/** One attribute of a distinguished name, decoded to text as far as its string type allows. */
export interface NameAttribute {
  /** Dotted OID of the attribute type. */
  readonly oid: string;
  /** RFC 4514 short name (`CN`, `O` ...), or the OID where there is none. */
  readonly type: string;
  /** Empty where the value is no string: then only `der` tells it. */
  readonly value: string;
  /** The value as encoded, with tag and length. */
  readonly der: Uint8Array;
}

/** A distinguished name: relative names in the order of the DER, each with one or more attributes. */
export interface DistinguishedName {
  /** The Name as encoded: what byte-wise comparison of issuer and subject looks at. */
  readonly der: Uint8Array;
  readonly relativeNames: readonly (readonly NameAttribute[])[];
  /** False where its inside is broken, so that `relativeNames` is not all of it. */
  readonly isComplete: boolean;
}

/** A GeneralName (RFC 5280, section 4.2.1.6); `other` keeps what we have no use for. */
export type GeneralName =
  | { readonly kind: 'dns' | 'email' | 'uri'; readonly value: string }
  /** 4 or 16 octets in a certificate, 8 or 32 (with mask) in name constraints; other lengths are kept as sent. */
  | { readonly kind: 'ip'; readonly octets: Uint8Array }
  | { readonly kind: 'directory'; readonly name: DistinguishedName }
  | { readonly kind: 'other'; readonly tag: number; readonly der: Uint8Array };

/** Bits of the key usage extension (RFC 5280, section 4.2.1.3). */
export type KeyUsage =
  | 'digitalSignature'
  | 'nonRepudiation'
  | 'keyEncipherment'
  | 'dataEncipherment'
  | 'keyAgreement'
  | 'keyCertSign'
  | 'cRLSign'
  | 'encipherOnly'
  | 'decipherOnly';

/** A subject public key. */
export interface SubjectPublicKey {
  /** SubjectPublicKeyInfo as encoded. */
  readonly der: Uint8Array;
  readonly algorithmOid: string;
  /** As in the record: `RSA`, `EC` ..., or the OID. */
  readonly type: string;
  readonly bits: number | null;
  /** The content of the BIT STRING: a point, a raw key, or the DER of an RSA or DSA key. */
  readonly bytes: Uint8Array;
  /** RSA only; unsigned big-endian without leading zeros. */
  readonly rsa: { readonly modulus: Uint8Array; readonly exponent: Uint8Array } | null;
  /** EC only: curve name as in groups.json (`secp256r1`), the OID of an unknown one, or `explicit`. */
  readonly curve: string | null;
}

/** The algorithm of a signature. */
export interface SignatureAlgorithm {
  readonly oid: string;
  /** As in the record; the OID where unknown. */
  readonly name: string;
  /** `md5`, `sha1`, `sha256` ...; null where the algorithm has none of its own (EdDSA) or is unknown. */
  readonly hash: string | null;
  /** RSASSA-PSS only (RFC 4055, section 3.1). */
  readonly pss: { readonly maskHash: string | null; readonly saltLength: number } | null;
  /** Set where the signed part names another algorithm (RFC 5280, section 4.1.1.2): such a signature proves nothing. */
  readonly isContradicted?: true;
}

/** One extension as sent. */
export interface Extension {
  readonly oid: string;
  readonly critical: boolean;
  readonly value: Uint8Array;
}

/** A certificate, read as far as it can be read. Optional parts are null when absent. */
export interface ParsedCertificate {
  readonly der: Uint8Array;
  /** What records and the inventory show. */
  readonly facts: Certificate;
  /** TBSCertificate as encoded: what is signed. */
  readonly tbs: Uint8Array;
  /** 1, 2 or 3. */
  readonly version: number;
  readonly subject: DistinguishedName;
  readonly issuer: DistinguishedName;
  /** Milliseconds since 1970, UTC; null when it cannot be read. */
  readonly notBefore: number | null;
  readonly notAfter: number | null;
  readonly publicKey: SubjectPublicKey;
  readonly signatureAlgorithm: SignatureAlgorithm;
  /** The signature's bytes (the content of the BIT STRING). */
  readonly signature: Uint8Array;
  readonly subjectAltNames: readonly GeneralName[] | null;
  readonly basicConstraints: { readonly ca: boolean; readonly pathLength: number | null } | null;
  readonly keyUsage: ReadonlySet<KeyUsage> | null;
  /** Dotted OIDs. */
  readonly extendedKeyUsage: readonly string[] | null;
  readonly subjectKeyIdentifier: Uint8Array | null;
  readonly authorityKeyIdentifier: Uint8Array | null;
  /** http, https and ldap URLs as written: hostile until checked. */
  readonly ocspUrls: readonly string[];
  readonly issuerUrls: readonly string[];
  readonly crlUrls: readonly string[];
  /** Policy OIDs. */
  readonly policies: readonly string[];
  /** Which policies of the issuer count for which of the subject, by OID. */
  readonly policyMappings: readonly { readonly issuerDomain: string; readonly subjectDomain: string }[];
  /** After how many certificates a valid policy is demanded, and mappings no longer count. */
  readonly policyConstraints: {
    readonly requireExplicitPolicy: number | null;
    readonly inhibitPolicyMapping: number | null;
  } | null;
  /** After how many certificates anyPolicy no longer counts. */
  readonly inhibitAnyPolicy: number | null;
  readonly nameConstraints: {
    readonly permitted: readonly GeneralName[];
    readonly excluded: readonly GeneralName[];
  } | null;
  /** TLS features demanded (RFC 7633); 5 is must-staple. */
  readonly tlsFeatures: readonly number[];
  /** Signed certificate timestamps embedded (RFC 6962, section 3.3). */
  readonly sctCount: number;
  readonly extensions: readonly Extension[];
  /**
   * OIDs of extensions that a relying party must heed and cannot: critical ones that are unknown or unreadable, and
   * unreadable or repeated ones that limit what the certificate may do. `unreadable`: not even the OID could be read.
   */
  readonly unhandledExtensions: readonly string[];
  /** What is malformed but was read all the same, a sentence each. */
  readonly oddities: readonly string[];
}
