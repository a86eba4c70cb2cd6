import type { Database } from 'better-sqlite3';
import type { Coverage } from '../model/coverage.js';
import { OUTCOMES, type Outcome } from '../model/outcome.js';
import type { ScanRun } from '../model/scan-run.js';
import { BARE_ENTRY_COUNT_SQL } from './bare-entry.js';
import { SubnetCounts } from './subnet-counts.js';

interface CountedRow {
  /** An address, the beginning of one, or none. */
  readonly address: Uint8Array;
  readonly is_ipv4: number;
  readonly port: number;
  readonly protocol: string;
  readonly outcome: Outcome;
  readonly observations: number;
}

// Packed observations are counted by the length of their rows, none of which is unpacked.
const COUNTED = `
  select endpoint.address, length(endpoint.address) = 4 as is_ipv4, endpoint.port,
    coalesce(observation.planned_protocol, endpoint.protocol) as protocol,
    outcome.name as outcome, 1 as observations
  from observation
  inner join endpoint on endpoint.id = observation.endpoint_id
  inner join outcome on outcome.id = observation.outcome_id
  where observation.run_id = (select id from scan_run where uuid = @run)
  union all
  select block, length(block) <= 4, port, protocol, outcome.name, ${BARE_ENTRY_COUNT_SQL}
  from bare_observation inner join outcome on outcome.id = outcome_id
  where run_id = (select id from scan_run where uuid = @run)`;

/** Reads what a scan run has covered; networks are widened until there are no more than `maxSubnets` of them. */
export function readCoverage(database: Database, run: string, maxSubnets: number): Coverage {
  const outcomes = Object.fromEntries(OUTCOMES.map((outcome) => [outcome, 0])) as Record<Outcome, number>;
  const ports = new Map<string, { port: number; protocol: string; counts: Counts }>();
  const subnets = new SubnetCounts(maxSubnets);
  for (const row of database.prepare<[{ run: string }], CountedRow>(COUNTED).iterate({ run })) {
    const { port, protocol, outcome, observations } = row;
    outcomes[outcome] += observations;
    const key = `${port}/${protocol}`;
    let ofPort = ports.get(key);
    if (ofPort === undefined) {
      ofPort = { port, protocol, counts: {} };
      ports.set(key, ofPort);
    }
    ofPort.counts[outcome] = (ofPort.counts[outcome] ?? 0) + observations;
    subnets.add(row.address, row.is_ipv4 === 1, outcome, observations);
  }
  return {
    outcomes,
    ports: [...ports.values()].sort(
      (a, b) => a.port - b.port || (a.protocol < b.protocol ? -1 : a.protocol > b.protocol ? 1 : 0),
    ),
    subnets: subnets.list(),
  };
}

type Counts = { -readonly [Name in keyof ScanRun['counts']]: ScanRun['counts'][Name] };
