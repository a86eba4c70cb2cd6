import type { Database } from 'better-sqlite3';
import { mergedTable } from './mapped-columns.js';
import { refoldEndpoints } from './rebuild-current-endpoints.js';
import { TOUCHED, touchEndpoints } from './touched-endpoints.js';
import { FOLDED_COLUMNS } from './write-current-endpoint.js';
import { FOLDED, prepareWriteCurrentEndpoints } from './write-current-endpoints.js';

// Why views are joined: folding an endpoint takes all that was ever observed of it, which is millions of rows, and both
// inventories know already what theirs come to. Where they share no run, an endpoint that one of them has not observed is
// what the other says, and one that has presented one leaf all along, on both sides, needs nothing but the moments of the
// two. All others are folded.

/**
 * Makes the current view true again after the facts of an attached inventory were merged, runs of which none was known
 * here: but for the endpoints that are touched already, from what both views say.
 */
export function joinCurrentEndpoints(database: Database, attached: string): void {
  const { write } = prepareWriteCurrentEndpoints(database);
  database.exec(joinSql(attached));
  touchEndpoints(
    database,
    `select to_endpoint.id from ${mergedTable('endpoint')} as to_endpoint
    where exists (select 1 from ${attached}.current_endpoint where endpoint_id = to_endpoint.source_id)
      and to_endpoint.id not in (select endpoint_id from ${FOLDED})`,
  );
  write();
  refoldEndpoints(database, TOUCHED);
}

/** Fills the table of folded endpoints, in the order in which they are written. */
function joinSql(attached: string): string {
  const first = 'min(there.first_seen, coalesce(here.first_seen, there.first_seen))';
  const lastIsThere = isLater(attached, 'last_run_id', 'last_observed_at');
  const countsThere = isLater(attached, 'run_id', 'observed_at');
  const values: Record<(typeof FOLDED_COLUMNS)[number], string> = {
    endpoint_id: 'to_endpoint.id',
    first_seen: first,
    last_run_id: `iif(${lastIsThere}, to_last.id, here.last_run_id)`,
    last_observed_at: `iif(${lastIsThere}, there.last_observed_at, here.last_observed_at)`,
    run_id: `iif(${countsThere}, to_run.id, here.run_id)`,
    observed_at: `iif(${countsThere}, there.observed_at, here.observed_at)`,
    state: 'there.state',
    state_since: `iif(here.endpoint_id is null, there.state_since, ${first})`,
    is_changed: 'there.is_changed',
    chain_id: `iif(${countsThere}, to_chain.id, here.chain_id)`,
    judgement_id: `iif(${countsThere}, to_judgement.id, here.judgement_id)`,
    leaf_id: 'to_certificate.id',
  };
  return `insert into ${FOLDED} (${FOLDED_COLUMNS.join(', ')})
    select ${FOLDED_COLUMNS.map((column) => values[column]).join(', ')}
    from ${mergedTable('endpoint')} as to_endpoint
    cross join ${attached}.current_endpoint as there on there.endpoint_id = to_endpoint.source_id
    cross join ${mergedTable('scan_run')} as to_last on to_last.source_id = there.last_run_id
    cross join ${mergedTable('scan_run')} as to_run on to_run.source_id = there.run_id
    cross join ${mergedTable('judgement')} as to_judgement on to_judgement.source_id = there.judgement_id
    left join ${mergedTable('chain')} as to_chain on to_chain.source_id = there.chain_id
    left join ${mergedTable('certificate')} as to_certificate on to_certificate.source_id = there.certificate_id
    left join main.current_endpoint as here on here.endpoint_id = to_endpoint.id
    where to_endpoint.id not in (select id from ${TOUCHED}) and (
      here.endpoint_id is null or (
        here.certificate_id = to_certificate.id and ${isUnbroken('here')} and ${isUnbroken('there')}
        and iif(here.first_seen > there.first_seen, ${beginsWithLeaf('here', 'main')}, ${beginsWithLeaf('there', attached)})))
    order by to_endpoint.id`;
}

/** Whether the attached inventory has the later of two observations, by the order in which endpoints are folded. */
function isLater(attached: string, run: string, at: string): string {
  return `(here.endpoint_id is null or there.${at} > here.${at} or (there.${at} = here.${at} and
    (select uuid from ${attached}.scan_run where id = there.${run}) > (select uuid from main.scan_run where id = here.${run})))`;
}

/** Whether a certificate was presented from the first observation on, and nothing else since. */
function isUnbroken(row: string): string {
  return `${row}.state = 'live' and ${row}.is_changed = 0 and ${row}.state_since = ${row}.first_seen`;
}

/** Within the millisecond in which it was seen first, it may have been silent before. */
function beginsWithLeaf(row: string, schema: string): string {
  return `not exists (select 1 from ${schema}.observation
    where endpoint_id = ${row}.endpoint_id and observed_at = ${row}.first_seen and chain_id is null)`;
}
