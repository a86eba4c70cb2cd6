import type { DerElement } from './der.js';
import type { ParsedCertificate } from './parsed-certificate.js';

/** The parts of a certificate that extensions fill. */
export type ExtensionFields = Pick<
  ParsedCertificate,
  | 'authorityKeyIdentifier'
  | 'basicConstraints'
  | 'crlUrls'
  | 'extendedKeyUsage'
  | 'inhibitAnyPolicy'
  | 'issuerUrls'
  | 'keyUsage'
  | 'nameConstraints'
  | 'ocspUrls'
  | 'policies'
  | 'policyConstraints'
  | 'policyMappings'
  | 'sctCount'
  | 'subjectAltNames'
  | 'subjectKeyIdentifier'
  | 'tlsFeatures'
>;

/** Reads one kind of extension. Adding a kind is one file with one of these, and one line in the registry. */
export interface ExtensionReader {
  readonly oid: string;
  /** As the standard calls it; for oddities. */
  readonly name: string;
  /** Whether it limits what the certificate may do, so that an unreadable one must not be passed over. */
  readonly isRestriction?: boolean;
  /** Reads the DER that the extension's OCTET STRING wraps; DerError: it is malformed. */
  read(value: DerElement): Partial<ExtensionFields>;
}
