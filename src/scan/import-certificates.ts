import type { Certificate } from '../model/certificate.js';
import { UsageError } from '../model/usage-error.js';
import type { Inventory } from '../store/inventory.js';
import { parseCertificate } from '../x509/certificate.js';
import { DerError } from '../x509/der-error.js';
import { readCertificateFolder } from './read-certificate-folder.js';

/** Certificates saved in one step. */
const BATCH_CERTIFICATES = 1000;

/** What an import of certificates on disk has brought. */
export interface ImportedCertificates {
  readonly files: number;
  /** Those that could be read, each as often as it was found. */
  readonly certificates: number;
  readonly unreadable: number;
}

/**
 * Imports the certificates of a file or folder (PEM, DER, PKCS#7), which no endpoint has presented: they are known from
 * then on as issuers, and by their fingerprints. Throws a UsageError where there is none.
 */
export async function importCertificates(
  path: string,
  inventory: Pick<Inventory, 'saveCertificates'>,
): Promise<ImportedCertificates> {
  let files = 0;
  let certificates = 0;
  let unreadable = 0;
  let batch: { der: Uint8Array; facts: Certificate }[] = [];
  for await (const { ders } of readCertificateFolder(path)) {
    files += 1;
    for (const der of ders) {
      const facts = readFacts(der);
      if (facts === null) unreadable += 1;
      else batch.push({ der, facts });
    }
    if (batch.length < BATCH_CERTIFICATES) continue;
    certificates += batch.length;
    await inventory.saveCertificates(batch);
    batch = [];
  }
  certificates += batch.length;
  if (certificates === 0)
    throw new UsageError(`cannot import ${path}: it holds no certificate that can be read`);
  await inventory.saveCertificates(batch);
  return { files, certificates, unreadable };
}

function readFacts(der: Uint8Array): Certificate | null {
  try {
    return parseCertificate(der).facts;
  } catch (error) {
    if (!(error instanceof DerError)) throw error;
    return null;
  }
}
