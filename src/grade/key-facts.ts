import type { ParsedCertificate } from '../x509/parsed-certificate.js';

/** The other certificates that have the key of one. */
export interface KeyTwins {
  /** How many have its subject, too. */
  readonly sameName: number;
  /** How many have another subject. */
  readonly otherNames: number;
  /** One with another subject; null: there is none. */
  readonly stranger: ParsedCertificate | null;
  /** Whether one with another subject has made itself (issuer and subject are the same). */
  readonly hasSelfIssuedStranger: boolean;
}

/** All that key checks look at: a certificate, and how its key stands to those of all other certificates known. */
export interface KeyFacts {
  readonly certificate: ParsedCertificate;
  readonly twins: KeyTwins;
  /** How many other RSA keys have a prime in common with its key. */
  readonly primeSharers: number;
}
