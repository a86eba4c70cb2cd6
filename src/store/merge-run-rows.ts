import type { ScanRunState } from '../model/scan-run.js';
import type { Row } from './find-or-insert.js';

/** The further a run has come, the more is known of it. */
const STATES: readonly ScanRunState[] = ['running', 'interrupted', 'failed', 'completed'];

/**
 * Joins what two inventories know of one run, such as one that was interrupted and resumed elsewhere, the same in
 * whatever order. Its counts are still to be made.
 */
export function mergeRunRows(a: Row<'scan_run'>, b: Row<'scan_run'>): Row<'scan_run'> {
  const latest = compareRuns(a, b) >= 0 ? a : b;
  return {
    ...latest,
    definition: a.definition > b.definition ? a.definition : b.definition,
    started_at: Math.min(a.started_at, b.started_at),
    plan_size: Math.max(a.plan_size, b.plan_size),
    // What has replaced others on one side has come to its end.
    is_provisional: Math.min(a.is_provisional, b.is_provisional),
  };
}

function compareRuns(a: Row<'scan_run'>, b: Row<'scan_run'>): number {
  return (
    STATES.indexOf(a.state) - STATES.indexOf(b.state) ||
    (a.ended_at ?? -1) - (b.ended_at ?? -1) ||
    (a.counts < b.counts ? -1 : a.counts > b.counts ? 1 : 0)
  );
}
