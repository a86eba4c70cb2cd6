import { parseCertificate } from '../x509/certificate.js';
import { DerError } from '../x509/der-error.js';
import type { ParsedCertificate } from '../x509/parsed-certificate.js';
import { isSelfIssued } from '../x509/path-rule.js';
import type { ChainContext } from './check-chain.js';
import { completePath } from './complete-path.js';

/** The chain that a server ought to send, or why it cannot be told. */
export type FixedChain =
  /** DER: the server's certificate, then each issuer in order, the root left out. */
  | { readonly kind: 'fixed'; readonly certificates: readonly Uint8Array[] }
  /** A certificate is not at hand: its name, whose issuer it is, and where that says it is to be had. */
  | {
      readonly kind: 'missing';
      readonly subject: string;
      readonly issuerOf: string;
      readonly urls: readonly string[];
    }
  /** No order of certificates makes it valid. */
  | { readonly kind: 'hopeless'; readonly reason: string };

/** Finds the chain that a server ought to send in place of the one that it does, DER as sent. */
export function fixChain(chain: readonly Uint8Array[], context: ChainContext): FixedChain {
  const [leaf, ...others] = chain.map(read);
  if (!leaf) return { kind: 'hopeless', reason: "the server's certificate cannot be read" };
  const { certificates, missingIssuer, path } = completePath({
    leaf,
    presented: [leaf, ...others.filter((each) => each !== null)],
    trustStores: context.trustStores,
    now: context.now.getTime(),
    ...(context.intermediates && { intermediates: context.intermediates }),
    ...(context.distrust && { distrust: context.distrust }),
  });
  if (missingIssuer) {
    const { facts, issuerUrls } = missingIssuer.of;
    return { kind: 'missing', subject: facts.issuer, issuerOf: facts.subject, urls: issuerUrls };
  }
  if (path.status === 'invalid' || path.status === 'untrusted') {
    return { kind: 'hopeless', reason: path.reason ?? path.status };
  }
  const toSend = certificates.filter((certificate, index) => index === 0 || !isSelfIssued(certificate));
  return { kind: 'fixed', certificates: toSend.map(({ der }) => der) };
}

function read(der: Uint8Array): ParsedCertificate | null {
  try {
    return parseCertificate(der);
  } catch (error) {
    if (!(error instanceof DerError)) throw error;
    return null;
  }
}
