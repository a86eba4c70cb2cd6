import type { Certificate } from '../model/certificate.js';
import type { Deployment } from '../model/deployment.js';
import { CERTIFICATE_FACTS, fromCertificateRow } from './certificate-row.js';
import { decodeHex, encodeHex } from './hex.js';
import {
  type CertificateFinding,
  findKeyComparison,
  type KeyComparison,
  saveKeyComparison,
} from './key-comparison.js';
import { type ChainLink, listChainsWith } from './list-chains-with.js';
import { listDeployments } from './list-deployments.js';
import { listIssuers } from './list-issuers.js';
import { findCertificatesWithKey, findReusedSerials, type InventoryKey, listKeys } from './list-keys.js';
import { hasDer } from './no-der.js';
import { forgetOverview } from './overview.js';
import { type CertificateToSave, saveCertificates } from './save-certificates.js';
import { ToldInventory } from './told-inventory.js';

/** What an inventory knows of single certificates and their keys. */
export class CertificateInventory extends ToldInventory {
  /** The DER of a certificate by its SHA-256 in hex; null when the inventory has none, or not its bytes. */
  async certificateDer(fingerprint: string): Promise<Uint8Array | null> {
    const select = this.db
      .selectFrom('certificate')
      .select('der')
      .where('sha256', '=', Buffer.from(fingerprint, 'hex'));
    const der = (await this.work('read', () => select.executeTakeFirst()))?.der;
    return der && hasDer(der) ? der : null;
  }

  /** What is known of a certificate by its SHA-256 in hex, also where its bytes are not; null: nothing. */
  async certificateFacts(fingerprint: string): Promise<Certificate | null> {
    const select = this.db
      .selectFrom('certificate')
      .select(CERTIFICATE_FACTS)
      .where('sha256', '=', decodeHex(fingerprint));
    const row = await this.work('read', () => select.executeTakeFirst());
    return row ? fromCertificateRow(row) : null;
  }

  /** SHA-256, hex, of certificates whose fingerprint begins like this; no more than `limit`. */
  async findCertificates(beginning: string, limit: number): Promise<string[]> {
    const select = this.db
      .selectFrom('certificate')
      .select('sha256')
      .where('sha256', '>=', decodeHex(beginning.padEnd(64, '0')))
      .where('sha256', '<=', decodeHex(beginning.padEnd(64, 'f')))
      .orderBy('sha256')
      .limit(limit);
    return (await this.work('read', () => select.execute())).map(({ sha256 }) => encodeHex(sha256));
  }

  /** Endpoints that present a certificate (SHA-256, hex), or did; a snapshot, however long it is read. */
  deployments(fingerprint: string): AsyncIterable<Deployment> {
    return this.stream((database) => listDeployments(database, this.db, fingerprint));
  }

  /** Presented chains that hold a certificate (SHA-256, hex); a snapshot, however long it is read. */
  chainsWith(fingerprint: string): AsyncIterable<readonly ChainLink[]> {
    return this.stream((database) => listChainsWith(database, this.db, fingerprint));
  }

  /** What the inventory knows of issuers: certificates, as DER, that were presented above some leaf, or fetched. */
  issuers(): AsyncIterable<Uint8Array> {
    return this.stream((database) => listIssuers(database, this.db));
  }

  /** Saves certificates that no endpoint has presented: all of them or, when it throws, none. */
  async saveCertificates(certificates: readonly CertificateToSave[]): Promise<void> {
    await this.work('save', () => saveCertificates(this.database, certificates));
  }

  /** Every distinct public key; a snapshot, however long it is read. */
  keys(): AsyncIterable<InventoryKey> {
    return this.stream((database) => listKeys(database, this.db));
  }

  /** The certificates that have a key (SHA-256, hex), oldest first. */
  certificatesWithKey(spkiSha256: string): ReturnType<typeof findCertificatesWithKey> {
    return this.work('read', () => findCertificatesWithKey(this.db, spkiSha256));
  }

  /** Certificates whose issuer has given their serial number more than once, by issuer and serial number. */
  reusedSerials(): Promise<Certificate[]> {
    return this.work('read', () => findReusedSerials(this.db));
  }

  /** The largest set of RSA keys that were compared with each other for common primes. */
  keyComparison(): Promise<KeyComparison> {
    return this.work('read', () => findKeyComparison(this.db));
  }

  /** Saves which keys were compared, and what certificates were found to have: in place of all that was found before. */
  async saveKeyComparison(comparison: KeyComparison, findings: readonly CertificateFinding[]): Promise<void> {
    await this.work('save', () => {
      const save = this.database.transaction(() => {
        saveKeyComparison(this.database, comparison, findings);
        forgetOverview(this.database);
      });
      save.immediate();
    });
  }
}
