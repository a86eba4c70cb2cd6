import type { Database } from 'better-sqlite3';
import { Kysely, SqliteDialect } from 'kysely';
import { type Annotation, NO_ANNOTATION } from '../model/annotation.js';
import type { AnnotationEdit } from '../model/annotation-edit.js';
import { type AnnotationSubject, formatAnnotationSubject } from '../model/annotation-subject.js';
import type { Certificate } from '../model/certificate.js';
import type { CertificateRecord } from '../model/certificate-record.js';
import type { Coverage } from '../model/coverage.js';
import type { Deployment } from '../model/deployment.js';
import type { Endpoint } from '../model/endpoint.js';
import type { InventoryRecord } from '../model/inventory-record.js';
import type { OverviewFacts } from '../model/overview-facts.js';
import type { PlanSelection } from '../model/plan-selection.js';
import type { Revocation } from '../model/revocation.js';
import type { RunProgress } from '../model/run-progress.js';
import type { SavedReport } from '../model/saved-report.js';
import type { ScanRun } from '../model/scan-run.js';
import { CERTIFICATE_FACTS, fromCertificateRow } from './certificate-row.js';
import { readCoverage } from './coverage.js';
import { describeStoreError, type StoreWork } from './describe-store-error.js';
import { findCertificateAnnotation } from './find-certificate-annotation.js';
import type { FinishedEntry } from './finished-entry.js';
import { decodeHex, encodeHex } from './hex.js';
import { InventoryError } from './inventory-error.js';
import {
  type CertificateFinding,
  findKeyComparison,
  type KeyComparison,
  saveKeyComparison,
} from './key-comparison.js';
import { type LastObserved, listLastObserved } from './last-observed.js';
import { listAnnotations, type SubjectAnnotation } from './list-annotations.js';
import { type CertificateQuery, listCertificates } from './list-certificates.js';
import { type ChainLink, listChainsWith } from './list-chains-with.js';
import { listDeployments } from './list-deployments.js';
import { listEndpoints, listObservedEndpoints } from './list-endpoints.js';
import { listIssuers } from './list-issuers.js';
import { findCertificatesWithKey, findReusedSerials, type InventoryKey, listKeys } from './list-keys.js';
import { listObservations, type ObservationFilter, type StoredObservation } from './list-observations.js';
import { listRecords } from './list-records.js';
import { hasDer } from './no-der.js';
import { type OpenOptions, openDatabase } from './open-database.js';
import { readOutcomeCounts } from './outcome-count.js';
import {
  forgetOverview,
  forgetRunSummary,
  isOverviewMissing,
  readOverview,
  refreshOverview,
} from './overview.js';
import { findPlanSelection } from './plan-selection-row.js';
import type { RecordQuery } from './record-query.js';
import { prepareReplaceJudgements, pruneJudgements, type ReplaceJudgements } from './replace-judgements.js';
import {
  findRevocationAnswer,
  listRevoked,
  type RevokedAnswer,
  saveRevocationAnswer,
} from './revocation-answer.js';
import { findRunProgress, prepareSaveRunProgress, type SaveRunProgress } from './run-progress.js';
import { saveAnnotations } from './save-annotations.js';
import { type CertificateToSave, saveCertificates } from './save-certificates.js';
import {
  type JudgedObservation,
  prepareSaveObservations,
  type SaveObservations,
} from './save-observations.js';
import { readSavedReports, removeSavedReport, writeSavedReport } from './saved-reports.js';
import { fromScanRunRow } from './scan-run-row.js';
import type { InventorySchema } from './schema.js';
import { startScanRun } from './start-scan-run.js';

/** Networks that coverage is told by: a screenful or two, or a table that a report has room for. */
const MOST_SUBNETS = 256;

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
  #saveProgress: SaveRunProgress | undefined;
  #replace: ReplaceJudgements | undefined;

  constructor(path: string, options: OpenOptions) {
    this.path = path;
    this.#options = options;
    this.#database = openDatabase(path, options);
    this.#db = new Kysely<InventorySchema>({ dialect: new SqliteDialect({ database: this.#database }) });
  }

  /** Makes a scan run known, with the part of its plan that it visits; one that is known already runs again. */
  async startRun(run: ScanRun, selection?: PlanSelection): Promise<void> {
    await this.#work('save', () => {
      startScanRun(this.#database, run, selection);
      forgetRunSummary(this.#database, run.id);
    });
  }

  /** Saves observations with their judgements: all of them or, when it throws, none. */
  async saveBatch(batch: readonly JudgedObservation[]): Promise<void> {
    await this.#work('save', () => this.#saveAll(batch));
  }

  /** Saves what was observed for entries of a plan, and how far the run has got: all of it or, when it throws, nothing. */
  async saveEntries(run: string, entries: readonly FinishedEntry[], progress: RunProgress): Promise<void> {
    await this.#work('save', () => {
      this.#saveProgress ??= prepareSaveRunProgress(this.#database);
      const save = this.#saveProgress;
      this.#saveAll(
        entries.flatMap(({ observations }) => observations),
        () => save(run, progress),
      );
    });
  }

  /** How far a run has got with its plan; null: it has kept no account of it. */
  progress(run: string): Promise<RunProgress | null> {
    return this.#work('read', () => findRunProgress(this.#db, run));
  }

  /** Which part of its plan a run visits; null: all of it. */
  planSelection(run: string): Promise<PlanSelection | null> {
    return this.#work('read', () => findPlanSelection(this.#db, run));
  }

  /**
   * Gives stored observations the judgements that they have now, all of them or, when it throws, none; tells how many
   * came out otherwise than before. `at` is the moment of judging, UTC ISO-8601: where inventories merge, the latest counts.
   */
  async replaceJudgements(batch: readonly JudgedObservation[], at: string): Promise<number> {
    return await this.#work('save', () => {
      this.#replace ??= prepareReplaceJudgements(this.#database);
      const replace = this.#replace;
      const replaceAll = this.#database.transaction(() => {
        for (const run of new Set(batch.map(({ observation }) => observation.run)))
          forgetRunSummary(this.#database, run);
        return replace(batch, Date.parse(at));
      });
      return replaceAll.immediate();
    });
  }

  /** Deletes judgements that no observation has any more. */
  async pruneJudgements(): Promise<void> {
    await this.#work('save', () => {
      pruneJudgements(this.#database);
      refreshOverview(this.#database);
    });
    // It has numbers of judgements in mind that may be gone.
    this.#save = undefined;
  }

  /** Notes how a scan run ended. */
  async finishRun(id: string, { endedAt, state, counts }: ScanRunEnd): Promise<void> {
    const ended = { ended_at: Date.parse(endedAt), state, counts: JSON.stringify(counts) };
    const result = await this.#work('save', () =>
      this.#db.updateTable('scan_run').set(ended).where('uuid', '=', id).executeTakeFirst(),
    );
    if (result.numUpdatedRows === 0n) throw new InventoryError(`the inventory knows no scan run ${id}`);
    await this.#work('save', () => {
      forgetRunSummary(this.#database, id);
      refreshOverview(this.#database);
    });
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
  countOutcomes(run: string): Promise<ScanRun['counts']> {
    return this.#work('read', () => readOutcomeCounts(this.#database, run));
  }

  /** What a scan run has covered, by outcome, port and network; of networks no more than `maxSubnets`, widened as it takes. */
  coverage(run: string, { maxSubnets = MOST_SUBNETS } = {}): Promise<Coverage> {
    return this.#work('read', () => readCoverage(this.#database, run, maxSubnets));
  }

  /** All that an overview is made of; at once unless something was saved since the last run ended. */
  overview(): Promise<OverviewFacts> {
    return this.#work('read', () => readOverview(this.#database));
  }

  /** Whether an overview has to be counted, as after a merge, and `keepOverview` would spare that the next time. */
  isOverviewMissing(): Promise<boolean> {
    return this.#work('read', () => isOverviewMissing(this.#database));
  }

  /** Counts what an overview needs, and keeps it. */
  async keepOverview(): Promise<void> {
    await this.#work('save', () => refreshOverview(this.#database));
  }

  /** Endpoints, as its plan has them, that a scan run has observed; a snapshot. */
  observedEndpoints(run: string): AsyncIterable<Endpoint> {
    return this.#stream((database) => listObservedEndpoints(database, this.#db, run));
  }

  /** Every endpoint that was ever observed; a snapshot, however long it is read. */
  endpoints(): AsyncIterable<Endpoint> {
    return this.#stream((database) => listEndpoints(database, this.#db));
  }

  /** The latest observation of every endpoint that was ever observed, in no particular order; a snapshot. */
  lastObserved(): AsyncIterable<LastObserved> {
    return this.#stream((database) => listLastObserved(database, this.#db));
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

  /** The DER of a certificate by its SHA-256 in hex; null when the inventory has none, or not its bytes. */
  async certificateDer(fingerprint: string): Promise<Uint8Array | null> {
    const select = this.#db
      .selectFrom('certificate')
      .select('der')
      .where('sha256', '=', Buffer.from(fingerprint, 'hex'));
    const der = (await this.#work('read', () => select.executeTakeFirst()))?.der;
    return der && hasDer(der) ? der : null;
  }

  /** What is known of a certificate by its SHA-256 in hex, also where its bytes are not; null: nothing. */
  async certificateFacts(fingerprint: string): Promise<Certificate | null> {
    const select = this.#db
      .selectFrom('certificate')
      .select(CERTIFICATE_FACTS)
      .where('sha256', '=', decodeHex(fingerprint));
    const row = await this.#work('read', () => select.executeTakeFirst());
    return row ? fromCertificateRow(row) : null;
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
    await this.#work('save', () => {
      const save = this.#database.transaction(() => {
        saveKeyComparison(this.#database, comparison, findings);
        forgetOverview(this.#database);
        refreshOverview(this.#database);
      });
      save.immediate();
    });
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

  /**
   * Says something of endpoints, certificates or kinds of them from now on, all of it or, when it throws, nothing; tells
   * of how many it was not said already. `at` is UTC ISO-8601: where inventories merge, the latest counts.
   */
  async annotate(subjects: readonly AnnotationSubject[], edit: AnnotationEdit, at: string): Promise<number> {
    return await this.#work('save', () => saveAnnotations(this.#database, subjects, edit, Date.parse(at)));
  }

  /** What is said of some subjects, each by itself, or of all; a snapshot, however long it is read. */
  annotations(subjects?: readonly AnnotationSubject[]): AsyncIterable<SubjectAnnotation> {
    const asked = subjects?.map(formatAnnotationSubject);
    return this.#stream((database) => listAnnotations(database, asked));
  }

  /** What is said of a certificate (SHA-256, hex), and of all that is like it, wherever it is. */
  async certificateAnnotation(fingerprint: string): Promise<Annotation> {
    for await (const annotation of this.#stream((database) =>
      findCertificateAnnotation(database, this.#db, fingerprint),
    ))
      return annotation;
    return NO_ANNOTATION;
  }

  /** All saved reports, by name. */
  savedReports(): Promise<SavedReport[]> {
    return this.#work('read', () => readSavedReports(this.#database));
  }

  /** Saves a report in place of the one of its name; `at` is UTC ISO-8601: where inventories merge, the latest counts. */
  async saveReport(report: SavedReport, at: string): Promise<void> {
    await this.#work('save', () => writeSavedReport(this.#database, report, Date.parse(at)));
  }

  /** Removes a saved report; false: there is none of that name. */
  removeReport(name: string, at: string): Promise<boolean> {
    return this.#work('save', () => removeSavedReport(this.#database, name, Date.parse(at)));
  }

  /** Closes the file; the inventory is of no use afterwards. */
  async close(): Promise<void> {
    await this.#work('save', () => this.#database.close());
  }

  #saveAll(batch: readonly JudgedObservation[], alongside?: () => void): void {
    this.#save ??= prepareSaveObservations(this.#database);
    this.#save(batch, () => {
      forgetOverview(this.#database);
      alongside?.();
    });
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
      database.exec('begin');
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
