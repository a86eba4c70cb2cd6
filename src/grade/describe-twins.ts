import { foldName, isSameName } from '../x509/name.js';
import type { ParsedCertificate } from '../x509/parsed-certificate.js';
import type { KeyTwins } from './key-facts.js';

/** Whether a certificate names itself as its issuer. */
export function isSelfIssued({ issuer, subject }: ParsedCertificate): boolean {
  return isSameName(issuer, subject);
}

/** Describes for each of the certificates that have one key the others; takes time in proportion to their number. */
export function describeTwins(certificates: readonly ParsedCertificate[]): readonly KeyTwins[] {
  const names = certificates.map(({ subject }) => foldName(subject));
  const counts = new Map<string, number>();
  const selfIssuedNames = new Set<string>();
  const examples = new Map<string, ParsedCertificate>();
  for (const [index, certificate] of certificates.entries()) {
    const name = names[index] ?? '';
    counts.set(name, (counts.get(name) ?? 0) + 1);
    if (!examples.has(name)) examples.set(name, certificate);
    if (isSelfIssued(certificate)) selfIssuedNames.add(name);
  }
  const [first, second] = examples;
  return certificates.map((_, index) => {
    const name = names[index] ?? '';
    const ofName = counts.get(name) ?? 0;
    const [, stranger = null] = (first?.[0] === name ? second : first) ?? [];
    return {
      sameName: ofName - 1,
      otherNames: certificates.length - ofName,
      stranger,
      hasSelfIssuedStranger: selfIssuedNames.size > (selfIssuedNames.has(name) ? 1 : 0),
    };
  });
}
