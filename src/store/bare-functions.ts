import type { Database } from 'better-sqlite3';
import { addressOfBareEntry, decodeBareEntries } from './bare-entry.js';

/** A row of packed observations as `gathered` of `bareObservationSource` writes it; the entries are hex. */
type GatheredRow = [
  uuid: string,
  startedAt: number,
  runId: number,
  outcomeId: number,
  judgementId: number,
  entries: string,
];

/** An observation unpacked. Times are milliseconds since 1970, UTC. */
interface Unpacked {
  /** Last byte of the address. */
  readonly last: number;
  readonly uuid: string;
  readonly runId: number;
  readonly observedAt: number;
  readonly outcomeId: number;
  readonly judgementId: number;
}

/** Columns of `observation` that are null in all that is packed. */
const NULL_COLUMNS = [
  'endpoint_id',
  'planned_protocol',
  'plain_talk_id',
  'handshake_id',
  'stapled_response_id',
  'chain_id',
  'posture_id',
  'regraded_at',
];

const NULLS = NULL_COLUMNS.map(() => null);

/**
 * Gives a connection what queries need to read packed observations as if they were rows. Of the rows of one block, port
 * and protocol, written as JSON, `bare_observation_of` makes rows like those of `observation`: all of a run, or of all
 * runs where it is named '', or else the one that counts for each endpoint; no argument may be NULL. `bare_endpoint_of` makes the one row that `endpoint` would have.
 */
export function addBareFunctions(database: Database): void {
  database.table('bare_observation_of', {
    columns: [
      'last',
      'run_id',
      'observed_at',
      'outcome_id',
      'judgement_id',
      'bare_first_seen',
      ...NULL_COLUMNS,
    ],
    parameters: ['gathered', 'is_history', 'of_run'],
    directOnly: true,
    *rows(gathered, isHistory, ofRun) {
      if (typeof gathered !== 'string') return;
      const all = unpack(JSON.parse(gathered));
      const firstSeen = firstSeenOf(all);
      const asked = ofRun === '' ? all : all.filter(({ uuid }) => uuid === ofRun);
      for (const each of isHistory === 1 ? asked : latestOf(asked)) {
        const { last, runId, observedAt, outcomeId, judgementId } = each;
        yield [last, runId, observedAt, outcomeId, judgementId, firstSeen.get(last), ...NULLS];
      }
    },
  });
  database.table('bare_endpoint_of', {
    columns: ['id', 'address', 'port', 'protocol', 'server_name', 'host'],
    parameters: ['of_block', 'of_last', 'of_port', 'of_protocol'],
    directOnly: true,
    *rows(block, last, port, protocol) {
      if (block instanceof Uint8Array && typeof last === 'number')
        yield [null, addressOfBareEntry(block, last), port, protocol, '', ''];
    },
  });
}

function unpack(rows: readonly GatheredRow[]): Unpacked[] {
  return rows.flatMap(([uuid, startedAt, runId, outcomeId, judgementId, entries]) =>
    decodeBareEntries(Buffer.from(entries, 'hex'), startedAt).map(({ last, observedAt }) => ({
      last,
      uuid,
      runId,
      observedAt,
      outcomeId,
      judgementId,
    })),
  );
}

function firstSeenOf(all: readonly Unpacked[]): ReadonlyMap<number, number> {
  const first = new Map<number, number>();
  for (const { last, observedAt } of all)
    first.set(last, Math.min(observedAt, first.get(last) ?? observedAt));
  return first;
}

/** The observation that counts for each endpoint, by the rule of `isCurrent`. */
function latestOf(all: readonly Unpacked[]): Iterable<Unpacked> {
  const latest = new Map<number, Unpacked>();
  for (const each of all) {
    const other = latest.get(each.last);
    const isLater =
      other === undefined ||
      each.observedAt > other.observedAt ||
      (each.observedAt === other.observedAt && each.uuid > other.uuid);
    if (isLater) latest.set(each.last, each);
  }
  return latest.values();
}
