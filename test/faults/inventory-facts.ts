import Database from 'better-sqlite3';
import { runProgram } from './program.js';

/** Differences that are named; more of the same would tell nothing. */
const MAX_DIFFERENCES = 5;

/** What an inventory says of each endpoint, by endpoint: all but runs and times. */
export type InventoryFacts = ReadonlyMap<string, string>;

/** What an export has of the moment and of the run. */
const PASSING = ['run', 'observedAt', 'firstSeen', 'lastScan'];

/** Reads what an inventory says, by way of its export. */
export async function readFacts(db: string, now: string): Promise<InventoryFacts> {
  const { code, stderr, stdout } = await runProgram([
    ...['export', '--format', 'ndjson', '--outcomes', '--db', db, '--now', now],
  ]);
  if (code !== 0) throw new Error(`the export failed with code ${code}: ${stderr}`);
  const facts = new Map<string, string>();
  for (const line of stdout.split('\n')) {
    if (line === '') continue;
    const record: Record<string, unknown> = JSON.parse(line);
    for (const name of PASSING) delete record[name];
    const endpoint = JSON.stringify(record.endpoint);
    if (facts.has(endpoint)) throw new Error(`the export has two records of ${endpoint}`);
    facts.set(endpoint, withoutProvenance(JSON.stringify(record)));
  }
  return facts;
}

/** How two inventories differ, in words: the first differences only. */
export function compareFacts(actual: InventoryFacts, expected: InventoryFacts): string[] {
  const differences: string[] = [];
  for (const [endpoint, facts] of expected) {
    const other = actual.get(endpoint);
    if (other === undefined) differences.push(`missing: ${endpoint}`);
    else if (other !== facts) differences.push(`${endpoint}: ${describeDifference(other, facts)}`);
  }
  for (const endpoint of actual.keys())
    if (!expected.has(endpoint)) differences.push(`too many: ${endpoint}`);
  return differences.slice(0, MAX_DIFFERENCES);
}

function describeDifference(actual: string, expected: string): string {
  const is: Record<string, unknown> = JSON.parse(actual);
  const ought: Record<string, unknown> = JSON.parse(expected);
  return [...new Set([...Object.keys(is), ...Object.keys(ought)])]
    .filter((name) => JSON.stringify(is[name]) !== JSON.stringify(ought[name]))
    .map((name) => `${name} is ${JSON.stringify(is[name])}, ought to be ${JSON.stringify(ought[name])}`)
    .join('; ');
}

/** Any of those that present an intermediate may be named as the one where it was found, and the inventory too. */
function withoutProvenance(record: string): string {
  return record.replaceAll(/(; it is )[^"]*?(, with SHA-256 fingerprint)/g, '$1known$2');
}

/** What can be counted in an inventory's file. */
export interface InventoryCounts {
  /** `ok`, or what SQLite finds wrong with the file. */
  readonly integrity: unknown;
  readonly brokenReferences: number;
  readonly runs: readonly { readonly state: string; readonly observations: number }[];
}

/** Examines the file of an inventory. */
export function countInventory(db: string): InventoryCounts {
  const database = new Database(db, { readonly: true });
  try {
    const integrity = database.pragma('integrity_check', { simple: true });
    const broken = database.pragma('foreign_key_check');
    const runs = database.prepare<[], { state: string; observations: number }>(COUNT_RUNS).all();
    return { integrity, brokenReferences: Array.isArray(broken) ? broken.length : -1, runs };
  } finally {
    database.close();
  }
}

const COUNT_RUNS = `
  select state,
    (select count(*) from observation where run_id = scan_run.id)
    + coalesce((select sum(length(entries) / 4) from bare_observation where run_id = scan_run.id), 0)
    as observations
  from scan_run order by id`;

/** An inventory without faults in which these runs are complete. */
export function wholeInventory(...observations: readonly number[]): InventoryCounts {
  return {
    integrity: 'ok',
    brokenReferences: 0,
    runs: observations.map((each) => ({ state: 'completed', observations: each })),
  };
}
