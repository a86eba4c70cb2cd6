import type { ParsedCertificate } from '../x509/parsed-certificate.js';

/** An end-entity certificate that is presented after the CA that issued it, and that CA comes first. */
export interface MisplacedLeaf {
  readonly first: ParsedCertificate;
  readonly certificate: ParsedCertificate;
  /** Its place in the presented chain, from 1. */
  readonly place: number;
}

/** Finds an end-entity certificate that the first presented certificate issued: a chain turned upside down. */
export function findMisplacedLeaf(presented: readonly ParsedCertificate[]): MisplacedLeaf | null {
  const first = presented[0];
  if (first?.basicConstraints?.ca !== true) return null;
  const index = presented.findIndex(
    ({ facts, basicConstraints }) =>
      facts.issuer === first.facts.subject && facts.subject !== facts.issuer && basicConstraints?.ca !== true,
  );
  const certificate = presented[index];
  return certificate === undefined ? null : { first, certificate, place: index + 1 };
}
