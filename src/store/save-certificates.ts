import type { Database } from 'better-sqlite3';
import type { Certificate } from '../model/certificate.js';
import { prepareSaveCertificate } from './save-certificate.js';
import { sha256 } from './sha256.js';

/** A certificate with what lists show of it. */
export interface CertificateToSave {
  readonly der: Uint8Array;
  readonly facts: Certificate;
}

/** Saves certificates that no endpoint has presented: all of them or, when it throws, none. */
export function saveCertificates(database: Database, certificates: readonly CertificateToSave[]): void {
  const save = prepareSaveCertificate(database);
  database
    .transaction(() => {
      for (const { der, facts } of certificates) save(sha256(der), der, facts);
    })
    .immediate();
}
