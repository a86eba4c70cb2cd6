import type { Database } from 'better-sqlite3';
import { joinCurrentEndpoints } from './join-current-endpoints.js';
import { mergedTable } from './mapped-columns.js';
import { mergeAnnotations } from './merge-annotations.js';
import { mergeBareObservations, unpackNewlySpoken } from './merge-bare-observations.js';
import { mergeFacts } from './merge-facts.js';
import { mergeObservations } from './merge-observations.js';
import { mergeSavedReports } from './merge-saved-reports.js';
import { refoldEndpoints } from './rebuild-current-endpoints.js';
import { countSharedRuns, joinSharedRuns, mergeNewRuns } from './shared-run.js';
import { speakForShiftedRuns } from './speak-for-shifted-runs.js';
import { noteSpokenEndpoints } from './spoken-endpoints.js';
import {
  forgetTouchedEndpoints,
  TOUCHED,
  touchEndpoints,
  touchEndpointsOfSettledRuns,
} from './touched-endpoints.js';
import { prepareCopyCertificate, refreshStatuses } from './write-current-endpoint.js';

/** Inventories attached at once: SQLite takes ten. */
export const MOST_ATTACHED = 8;

/** Pages kept at hand: those of a large inventory that everything is looked up in and written to. */
const CACHE_KIB = 96 * 1024;

/** Pages kept at hand of all inventories that are read, each mostly from its beginning to its end. */
const SOURCES_CACHE_KIB = 8 * 1024;

/**
 * Attaches inventories to a connection, which must have no transaction open, and tells by which names. The connection is
 * there to merge them.
 */
export function attachInventories(database: Database, paths: readonly string[]): readonly string[] {
  database.pragma(`main.cache_size = ${-CACHE_KIB}`);
  return paths.map((path, index) => {
    const name = `source${index}`;
    database.prepare(`attach ? as ${name}`).run(path);
    database.pragma(`${name}.cache_size = ${-Math.floor(SOURCES_CACHE_KIB / paths.length)}`);
    return name;
  });
}

/**
 * Merges all that attached inventories hold, as a part of the transaction that is open, and keeps the current view true;
 * tells how many annotations are new or other than before.
 */
export function mergeAttached(database: Database, attached: readonly string[]): number {
  let annotations = 0;
  for (const source of attached) {
    mergeObserved(database, source);
    annotations += mergeAnnotations(database, source);
    mergeSavedReports(database, source);
  }
  return annotations;
}

function mergeObserved(database: Database, source: string): void {
  const lastKnown =
    database.prepare<[], number>('select coalesce(max(id), 0) from main.endpoint').pluck().get() ?? 0;
  const shared = mergeNewRuns(database, source);
  forgetTouchedEndpoints(database);
  touchEndpointsOfSettledRuns(database, shared);
  speakForShiftedRuns(database, source, shared);
  const { completed, hasFindings } = mergeFacts(database, source);
  noteSpokenEndpoints(database, lastKnown);
  // By the clock that this inventory has kept so far.
  unpackNewlySpoken(database);
  joinSharedRuns(database, source, shared);
  mergeObservations(database, source);
  mergeBareObservations(database, source);
  countSharedRuns(database, shared);
  if (shared.length === 0) joinCurrentEndpoints(database, source);
  else {
    touchEndpoints(database, `select id from ${mergedTable('endpoint')}`);
    refoldEndpoints(database, TOUCHED);
  }
  const copyCertificate = prepareCopyCertificate(database);
  for (const id of completed) copyCertificate(id);
  if (hasFindings) refreshStatuses(database);
}
