import type { Database } from 'better-sqlite3';
import { Kysely, SqliteDialect } from 'kysely';
import type { Endpoint } from '../model/endpoint.js';
import type { Matching } from '../query/query.js';
import { describeStoreError } from './describe-store-error.js';
import { ENDPOINT_COLUMNS, fromEndpointRow, toEndpointRow } from './endpoint-row.js';
import { type EntryRecord, prepareEntryRecords } from './entry-record.js';
import { prepareFindEndpointId, prepareFindViewEntry } from './find-view-entry.js';
import { encodeHex } from './hex.js';
import { listDifferingEndpoints } from './list-differing-endpoints.js';
import { listEntriesOf, listNaturalEntries, listViewEntries } from './list-view-entries.js';
import { prepareMatchEntry } from './match-entry.js';
import { openDatabase } from './open-database.js';
import { PROVISIONAL_RUNS } from './provisional-runs.js';
import type { InventorySchema } from './schema.js';
import type { ViewChoice } from './view-choice.js';
import type { NaturalEntry, ViewEntry } from './view-entry.js';

/** A certificate that an endpoint presented once. */
export interface EarlierCertificate {
  /** SHA-256, hex. */
  readonly leaf: string;
  /** UTC ISO-8601: the latest observation of it that was asked for. */
  readonly observedAt: string;
}

/** A part of what comparing two views has come to, packed entries left out. */
export interface ViewDifferences {
  /** Endpoints that both views show alike. */
  readonly same: number;
  /** What the first view shows of the others, by the numbers of endpoints. */
  readonly before: Iterable<ViewEntry>;
  readonly after: Iterable<ViewEntry>;
}

/** One of the states that an inventory has gone through: of each endpoint the observation that counted then. */
export interface InventoryView {
  /** Tells views of one inventory, whose numbers mean the same, from those of others. */
  readonly path: string;
  readonly choice: ViewChoice;
  /** Entries in the order of the numbers of their endpoints; packed ones are left out. */
  entries(): Iterable<ViewEntry>;
  /** Compares it with another view of the same inventory; endpoints come in the order of their numbers. */
  differences(after: ViewChoice): Iterable<ViewDifferences>;
  /** Entries in the order of their endpoints' natural keys; packed ones are left out. */
  naturalEntries(): Iterable<NaturalEntry>;
  /** The endpoint of an entry that is not packed. */
  endpoint(entry: ViewEntry): Endpoint;
  /** The entry of an endpoint, packed or not; null: the view does not know the endpoint. */
  find(endpoint: Endpoint): ViewEntry | null;
  /** Reads what records of some entries, no more than `ENTRIES_AT_ONCE`, are made of at once. */
  load(entries: readonly ViewEntry[]): void;
  record(entry: ViewEntry, endpoint: Endpoint): EntryRecord;
  /** Whether an entry matches the query that the inventory was opened with; without one all do. */
  matches(entry: ViewEntry): boolean;
  /** The last certificate of an endpoint until a moment (milliseconds since 1970, UTC), whatever the view; null: none. */
  lastCertificate(endpoint: Endpoint, until: number): EarlierCertificate | null;
}

/** An inventory as it is at one moment, of which any number of views can be looked at. */
export interface ViewSource {
  view(choice: ViewChoice): InventoryView;
  close(): void;
}

/** What views are told with besides facts. */
export interface ViewOptions {
  /** The moment for which people accept findings. */
  readonly now: Date;
  readonly matching?: Matching;
}

/** Opens an inventory to look at views of it; saving goes on meanwhile. Errors are those of `openInventory`. */
export function openViews(path: string, { matching, now }: ViewOptions): ViewSource {
  const database = openDatabase(path, { readOnly: true });
  try {
    const db = new Kysely<InventorySchema>({ dialect: new SqliteDialect({ database }) });
    database.exec('begin');
    const { load, read } = prepareEntryRecords(database, db, now);
    const matches = matching ? guard(prepareMatchEntry(database, db, matching)) : () => true;
    const endpoint = guard(prepareEndpoint(database));
    const lastCertificate = guard(prepareLastCertificate(database));
    return {
      view: (choice) => ({
        path,
        choice,
        entries: () => guardAll(listViewEntries(database, choice)),
        differences: (after) => guardAll(listDifferences(database, choice, after)),
        naturalEntries: () => guardAll(listNaturalEntries(database, choice)),
        endpoint,
        find: guard(prepareFindViewEntry(database, choice)),
        load: guard(load),
        record: guard(read),
        matches,
        lastCertificate,
      }),
      close: () => {
        database.close();
      },
    };
  } catch (error) {
    database.close();
    throw describeStoreError(error, path, 'read');
  }

  function guard<Args extends unknown[], Result>(read: (...args: Args) => Result) {
    return (...args: Args): Result => {
      try {
        return read(...args);
      } catch (error) {
        throw describeStoreError(error, path, 'read');
      }
    };
  }

  function* guardAll<Item>(items: Iterable<Item>): Generator<Item> {
    try {
      yield* items;
    } catch (error) {
      throw describeStoreError(error, path, 'read');
    }
  }
}

function* listDifferences(
  database: Database,
  before: ViewChoice,
  after: ViewChoice,
): Generator<ViewDifferences> {
  for (const { endpointIds, same } of listDifferingEndpoints(database, before, after))
    yield {
      same,
      before: listEntriesOf(database, before, endpointIds),
      after: listEntriesOf(database, after, endpointIds),
    };
}

function prepareEndpoint(database: Database): (entry: ViewEntry) => Endpoint {
  const statement = database.prepare<[number | null], Parameters<typeof fromEndpointRow>[0]>(
    `select ${ENDPOINT_COLUMNS.join(', ')} from endpoint where id = ?`,
  );
  return ({ endpointId }) => {
    const row = statement.get(endpointId);
    if (row === undefined) throw new Error(`there is no endpoint ${endpointId}`);
    return fromEndpointRow(row);
  };
}

function prepareLastCertificate(database: Database): InventoryView['lastCertificate'] {
  const findId = prepareFindEndpointId(database);
  const statement = database.prepare<[number, number], { sha256: Uint8Array; observed_at: number }>(
    `select certificate.sha256, observation.observed_at
    from observation
    inner join chain_certificate as leaf on leaf.chain_id = observation.chain_id and leaf.position = 0
    inner join certificate on certificate.id = leaf.certificate_id
    where observation.endpoint_id = ? and observation.observed_at <= ?
      and observation.run_id not in ${PROVISIONAL_RUNS}
    order by observation.observed_at desc limit 1`,
  );
  return (endpoint, until) => {
    const id = findId(toEndpointRow(endpoint));
    const row = id === null ? undefined : statement.get(id, until);
    return row ? { leaf: encodeHex(row.sha256), observedAt: new Date(row.observed_at).toISOString() } : null;
  };
}
