import type { Selectable } from 'kysely';
import type { ScanRun } from '../model/scan-run.js';
import type { Row } from './find-or-insert.js';
import type { ScanRunTable } from './schema.js';

/** Lays a scan run out as a row. */
export function toScanRunRow(run: ScanRun): Row<'scan_run'> {
  return {
    uuid: run.id,
    definition: JSON.stringify(run.definition),
    started_at: Date.parse(run.startedAt),
    ended_at: run.endedAt === null ? null : Date.parse(run.endedAt),
    state: run.state,
    plan_size: run.planSize,
    counts: JSON.stringify(run.counts),
    is_provisional: run.isProvisional ? 1 : 0,
  };
}

/** Reads a scan run. */
export function fromScanRunRow(row: Selectable<ScanRunTable>): ScanRun {
  return {
    id: row.uuid,
    definition: JSON.parse(row.definition),
    startedAt: new Date(row.started_at).toISOString(),
    endedAt: row.ended_at === null ? null : new Date(row.ended_at).toISOString(),
    state: row.state,
    planSize: row.plan_size,
    counts: JSON.parse(row.counts),
    ...(row.is_provisional === 1 && { isProvisional: true }),
  };
}
