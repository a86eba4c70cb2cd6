import type { ParsedCertificate } from '../x509/parsed-certificate.js';
import type { ChainFacts } from './chain-facts.js';

/**
 * Lists the certificates of the path whose signature a client relies on. Not the anchor or root that ends it, nor a
 * self-signed leaf: those are trusted as they are (RFC 5280, section 6.1.1 (d)), and their signature proves nothing.
 */
export function listReliedSignatures({ search, leaf }: ChainFacts): readonly ParsedCertificate[] {
  const { path, certificates } = search;
  const last = certificates.at(-1);
  switch (path.status) {
    case 'self-signed':
    case 'none':
      return [];
    case 'trusted':
    case 'private':
    case 'untrusted':
      return certificates.slice(0, -1);
    default: {
      const endsInRoot = last !== undefined && last !== leaf && last.facts.subject === last.facts.issuer;
      return endsInRoot ? certificates.slice(0, -1) : certificates;
    }
  }
}
