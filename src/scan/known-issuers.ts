import type { Inventory } from '../store/inventory.js';
import { parseCertificate } from '../x509/certificate.js';
import { DerError } from '../x509/der-error.js';
import { foldName } from '../x509/name.js';
import type { ParsedCertificate } from '../x509/parsed-certificate.js';
import type { KnownCertificates } from '../x509/path.js';

/** More CAs than the whole Internet shows: only an inventory full of made-up ones has so many. */
const MAX_ISSUERS = 50_000;

/** Reads what an inventory knows of issuers: it proves which certificate a server does not send. */
export async function readKnownIssuers(inventory: Inventory): Promise<KnownCertificates> {
  const bySubject = new Map<string, ParsedCertificate[]>();
  let count = 0;
  for await (const der of inventory.issuers()) {
    const certificate = read(der);
    if (certificate === null) continue;
    const name = foldName(certificate.subject);
    const sameName = bySubject.get(name);
    if (sameName === undefined) bySubject.set(name, [certificate]);
    else sameName.push(certificate);
    count += 1;
    if (count === MAX_ISSUERS) break;
  }
  return { bySubject: (subject) => bySubject.get(foldName(subject)) ?? [] };
}

function read(der: Uint8Array): ParsedCertificate | null {
  try {
    return parseCertificate(der);
  } catch (error) {
    if (!(error instanceof DerError)) throw error;
    return null;
  }
}
