import type { Database } from 'better-sqlite3';
import { Kysely, SqliteDialect } from 'kysely';
import type { Certificate } from '../model/certificate.js';
import type { CertificateRecord } from '../model/certificate-record.js';
import type { Deployment } from '../model/deployment.js';
import type { Endpoint } from '../model/endpoint.js';
import type { InventoryRecord } from '../model/inventory-record.js';
import type { Revocation } from '../model/revocation.js';
import type { ScanRun } from '../model/scan-run.js';
import { describeStoreError, type StoreWork } from './describe-store-error.js';
import { ENDPOINT_COLUMNS, fromEndpointRow } from './endpoint-row.js';
import { decodeHex, encodeHex } from './hex.js';
import { InventoryError } from './inventory-error.js';
import {
  type CertificateFinding,
  findKeyComparison,
  type KeyComparison,
  saveKeyComparison,
} from './key-comparison.js';
import { type CertificateQuery, listCertificates } from './list-certificates.js';
import { type ChainLink, listChainsWith } from './list-chains-with.js';
import { listDeployments } from './list-deployments.js';
import { listIssuers } from './list-issuers.js';
import { findCertificatesWithKey, findReusedSerials, type InventoryKey, listKeys } from './list-keys.js';
import { listObservations, type ObservationFilter, type StoredObservation } from './list-observations.js';
import { listRecords } from './list-records.js';
import { type OpenOptions, openDatabase } from './open-database.js';
import type { RecordQuery } from './record-query.js';
import { prepareReplaceJudgements, pruneJudgements, type ReplaceJudgements } from './replace-judgements.js';
import {
  findRevocationAnswer,
  listRevoked,
  type RevokedAnswer,
  saveRevocationAnswer,
} from './revocation-answer.js';
import { type CertificateToSave, saveCertificates } from './save-certificates.js';
import {
  type JudgedObservation,
  prepareSaveObservations,
  type SaveObservations,
} from './save-observations.js';
import { fromScanRunRow, toScanRunRow } from './scan-run-row.js';
import type { InventorySchema } from './schema.js';

/** How a scan run ended. */
export type ScanRunEnd = Pick<ScanRun, 'counts' | 'state'> & { readonly endedAt: string };

/**
 * An inventory in an SQLite file. Facts only ever join it: what is there already is not changed by saving it
 * again. Judgements follow from facts, and the latest counts.
 * Whatever fails throws an `InventoryError` of one line, or a `UsageError` where another command line would do.
 */
export class Inventory {
  readonly path: string;
  readonly #options: OpenOptions;
  readonly #database: Database;
  readonly #db: Kysely<InventorySchema>;
  #save: SaveObservations | undefined;
  #replace: ReplaceJudgements | undefined;

  constructor(path: string, options: OpenOptions) {
    this.path = path;
    this.#options = options;
    this.#database = openDatabase(path, options);
    this.#db = new Kysely<InventorySchema>({ dialect: new SqliteDialect({ database: this.#database }) });
  }

  /** Makes a scan run known; one that is known already runs again, as a resumed one does. */
  async startRun(run: ScanRun): Promise<void> {
    const row = toScanRunRow(run);
    await this.#work('save', () =>
      this.#db
        .insertInto('scan_run')
        .values(row)
        .onConflict((conflict) =>
          conflict.column('uuid').doUpdateSet({ state: row.state, ended_at: row.ended_at }),
        )
        .execute(),
    );
  }

  /** Saves observations with their judgements: all of them or, when it throws, none. */
  async saveBatch(batch: readonly JudgedObservation[]): Promise<void> {
    await this.#work('save', () => {
      this.#save ??= prepareSaveObservations(this.#database);
      this.#save(batch);
    });
  }

  /**
   * Gives stored observations the judgements that they have now, all of them or, when it throws, none; tells how many
   * came out otherwise than before. `at` is the moment of judging, UTC ISO-8601: where inventories merge, the latest counts.
   */
  async replaceJudgements(batch: readonly JudgedObservation[], at: string): Promise<number> {
    return await this.#work('save', () => {
      this.#replace ??= prepareReplaceJudgements(this.#database);
      return this.#replace(batch, Date.parse(at));
    });
  }

  /** Deletes judgements that no observation has any more. */
  async pruneJudgements(): Promise<void> {
    await this.#work('save', () => pruneJudgements(this.#database));
  }

  /** Notes how a scan run ended. */
  async finishRun(id: string, { endedAt, state, counts }: ScanRunEnd): Promise<void> {
    const ended = { ended_at: Date.parse(endedAt), state, counts: JSON.stringify(counts) };
    const result = await this.#work('save', () =>
      this.#db.updateTable('scan_run').set(ended).where('uuid', '=', id).executeTakeFirst(),
    );
    if (result.numUpdatedRows === 0n) throw new InventoryError(`the inventory knows no scan run ${id}`);
  }

  /** All scan runs, the latest first. */
  async runs(): Promise<ScanRun[]> {
    const select = this.#db
      .selectFrom('scan_run')
      .selectAll()
      .orderBy('started_at', 'desc')
      .orderBy('uuid', 'desc');
    return (await this.#work('read', () => select.execute())).map(fromScanRunRow);
  }

  /** Observations of a scan run by outcome; outcomes that did not occur are absent. */
  async countOutcomes(run: string): Promise<ScanRun['counts']> {
    const select = this.#db
      .selectFrom('observation')
      .innerJoin('scan_run', 'scan_run.id', 'observation.run_id')
      .innerJoin('outcome', 'outcome.id', 'observation.outcome_id')
      .select('outcome.name')
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .where('scan_run.uuid', '=', run)
      .groupBy('outcome.name')
      .orderBy('count', 'desc');
    const rows = await this.#work('read', () => select.execute());
    return Object.fromEntries(rows.map(({ name, count }) => [name, count]));
  }

  /** Endpoints, as its plan has them, that a scan run has observed, and need not probe again when it is resumed. */
  observedEndpoints(run: string): AsyncIterable<Endpoint> {
    const select = this.#db
      .selectFrom('observation')
      .innerJoin('scan_run', 'scan_run.id', 'observation.run_id')
      .innerJoin('endpoint', 'endpoint.id', 'observation.endpoint_id')
      .select(['endpoint.address', 'endpoint.port', 'endpoint.server_name', 'endpoint.host'])
      .select((eb) => eb.fn.coalesce('observation.planned_protocol', 'endpoint.protocol').as('protocol'))
      .where('scan_run.uuid', '=', run)
      .distinct();
    const { sql, parameters } = select.compile();
    return this.#stream(function* (database) {
      const statement = database.prepare<unknown[], Parameters<typeof fromEndpointRow>[0]>(sql);
      for (const row of statement.iterate(...parameters)) yield fromEndpointRow(row);
    });
  }

  /** Every endpoint that was ever observed; a snapshot, however long it is read. */
  endpoints(): AsyncIterable<Endpoint> {
    const { sql } = this.#db.selectFrom('endpoint').select(ENDPOINT_COLUMNS).compile();
    return this.#stream(function* (database) {
      const statement = database.prepare<[], Parameters<typeof fromEndpointRow>[0]>(sql);
      for (const row of statement.iterate()) yield fromEndpointRow(row);
    });
  }

  /** The observations of a scan run as they were made, ready to be judged again; a snapshot. */
  observations(run: string, filter?: ObservationFilter): AsyncIterable<StoredObservation> {
    return this.#stream((database) => listObservations(database, this.#db, run, filter));
  }

  /** Observations as records: of one run, or the latest of each endpoint; a snapshot, however long it is read. */
  records(query: RecordQuery = {}): AsyncIterable<InventoryRecord> {
    return this.#stream((database) => listRecords(database, this.#db, query));
  }

  /** Certificates with their spread: of one run, or those presented now; a snapshot, however long it is read. */
  certificates(query: CertificateQuery = {}): AsyncIterable<CertificateRecord> {
    return this.#stream((database) => listCertificates(database, this.#db, query));
  }

  /** The DER of a certificate by its SHA-256 in hex; null when the inventory has none. */
  async certificateDer(fingerprint: string): Promise<Uint8Array | null> {
    const select = this.#db
      .selectFrom('certificate')
      .select('der')
      .where('sha256', '=', Buffer.from(fingerprint, 'hex'));
    return (await this.#work('read', () => select.executeTakeFirst()))?.der ?? null;
  }

  /** SHA-256, hex, of certificates whose fingerprint begins like this; no more than `limit`. */
  async findCertificates(beginning: string, limit: number): Promise<string[]> {
    const select = this.#db
      .selectFrom('certificate')
      .select('sha256')
      .where('sha256', '>=', decodeHex(beginning.padEnd(64, '0')))
      .where('sha256', '<=', decodeHex(beginning.padEnd(64, 'f')))
      .orderBy('sha256')
      .limit(limit);
    return (await this.#work('read', () => select.execute())).map(({ sha256 }) => encodeHex(sha256));
  }

  /** Endpoints that present a certificate (SHA-256, hex), or did; a snapshot, however long it is read. */
  deployments(fingerprint: string): AsyncIterable<Deployment> {
    return this.#stream((database) => listDeployments(database, this.#db, fingerprint));
  }

  /** Presented chains that hold a certificate (SHA-256, hex); a snapshot, however long it is read. */
  chainsWith(fingerprint: string): AsyncIterable<readonly ChainLink[]> {
    return this.#stream((database) => listChainsWith(database, this.#db, fingerprint));
  }

  /** What the inventory knows of issuers: certificates, as DER, that were presented above some leaf, or fetched. */
  issuers(): AsyncIterable<Uint8Array> {
    return this.#stream((database) => listIssuers(database, this.#db));
  }

  /** Saves certificates that no endpoint has presented: all of them or, when it throws, none. */
  async saveCertificates(certificates: readonly CertificateToSave[]): Promise<void> {
    await this.#work('save', () => saveCertificates(this.#database, certificates));
  }

  /** Every distinct public key; a snapshot, however long it is read. */
  keys(): AsyncIterable<InventoryKey> {
    return this.#stream((database) => listKeys(database, this.#db));
  }

  /** The certificates that have a key (SHA-256, hex), oldest first. */
  certificatesWithKey(spkiSha256: string): ReturnType<typeof findCertificatesWithKey> {
    return this.#work('read', () => findCertificatesWithKey(this.#db, spkiSha256));
  }

  /** Certificates whose issuer has given their serial number more than once, by issuer and serial number. */
  reusedSerials(): Promise<Certificate[]> {
    return this.#work('read', () => findReusedSerials(this.#db));
  }

  /** The largest set of RSA keys that were compared with each other for common primes. */
  keyComparison(): Promise<KeyComparison> {
    return this.#work('read', () => findKeyComparison(this.#db));
  }

  /** Saves which keys were compared, and what certificates were found to have: in place of all that was found before. */
  async saveKeyComparison(comparison: KeyComparison, findings: readonly CertificateFinding[]): Promise<void> {
    await this.#work('save', () => saveKeyComparison(this.#database, comparison, findings));
  }

  /** What one of the sources, the first of them first, said of a certificate and need not be asked again; null: nothing. */
  async findRevocation(
    fingerprint: string,
    sources: readonly string[],
    now: Date,
  ): Promise<Revocation | null> {
    return this.#work('read', () => findRevocationAnswer(this.#db, fingerprint, sources, now));
  }

  /** What was ever said of certificates that were revoked, by fingerprint (SHA-256, hex). */
  async revoked(): Promise<ReadonlyMap<string, RevokedAnswer>> {
    return this.#work('read', () => listRevoked(this.#db));
  }

  /** Keeps what a source said of a certificate, until then. */
  async saveRevocation(fingerprint: string, revocation: Revocation, validUntil: Date): Promise<void> {
    await this.#work('save', () => saveRevocationAnswer(this.#db, fingerprint, revocation, validUntil));
  }

  /** Closes the file; the inventory is of no use afterwards. */
  async close(): Promise<void> {
    await this.#work('save', () => this.#database.close());
  }

  async #work<Result>(work: StoreWork, action: () => Result | Promise<Result>): Promise<Result> {
    try {
      return await action();
    } catch (error) {
      throw describeStoreError(error, this.path, work);
    }
  }

  /** Reads over a connection of its own: rows come from one moment, and saving goes on meanwhile. */
  async *#stream<Item>(read: (database: Database) => Iterable<Item>): AsyncGenerator<Item> {
    const database = openDatabase(this.path, { ...this.#options, create: false, readOnly: true });
    try {
      yield* read(database);
    } catch (error) {
      throw describeStoreError(error, this.path, 'read');
    } finally {
      database.close();
    }
  }
}

/** Opens an inventory. */
export function openInventory(path: string, options: OpenOptions = {}): Inventory {
  return new Inventory(path, options);
}
