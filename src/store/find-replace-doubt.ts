import type { Database } from 'better-sqlite3';
import type { Outcome } from '../model/outcome.js';

// Why a run that has visited all of its plan may still not replace the others: what it did not get to see would be gone
// from the inventory without anybody having looked. A network that was away leaves no certificate at all. Endpoints that
// were given up, or that we failed at, were not looked at; those that did not answer were.

/** Outcomes of endpoints that nobody looked at. */
const UNSEEN: readonly Outcome[] = ['cancelled', 'internal'];

/** Tells why a provisional run must not replace the others, by its number; null: nothing speaks against it. */
export function findReplaceDoubt(database: Database, runId: number): string | null {
  const known = database
    .prepare<[], number>('select count(*) from current_endpoint where certificate_id is not null')
    .pluck()
    .get();
  if (known === undefined || known === 0) return null;
  const hasFound = database
    .prepare('select 1 from observation where run_id = ? and chain_id is not null limit 1')
    .get(runId);
  if (hasFound === undefined)
    return `it found no certificate, and ${count(known)} of the inventory had one: the network may have been away`;
  const unseen = new Map(database.prepare<[number], [Outcome, number]>(UNSEEN_SQL).raw().all(runId));
  const cancelled = unseen.get('cancelled') ?? 0;
  if (cancelled > 0)
    return `it gave up ${count(cancelled)} that had a certificate: scan without --give-up-after`;
  const internal = unseen.get('internal') ?? 0;
  return internal > 0
    ? `it failed at ${count(internal)} that had a certificate, which is a fault of certsweep`
    : null;
}

/** Endpoints are told apart as the plan does: what is spoken at a port may have come out since. */
const UNSEEN_SQL = `
  select outcome.name, count(*) from observation
  cross join outcome on outcome.id = observation.outcome_id
  cross join endpoint on endpoint.id = observation.endpoint_id
  where observation.run_id = ? and outcome.name in (${UNSEEN.map((name) => `'${name}'`).join(', ')})
    and exists (
      select 1 from endpoint as same
      cross join current_endpoint as current on current.endpoint_id = same.id
      where same.address = endpoint.address and same.port = endpoint.port and same.host = endpoint.host
        and same.server_name = endpoint.server_name and current.certificate_id is not null
        and not exists (
          select 1 from observation as seen where seen.endpoint_id = same.id
            and seen.run_id = observation.run_id and seen.chain_id is not null))
  group by outcome.name`;

function count(endpoints: number): string {
  return `${endpoints.toLocaleString('en-US')} ${endpoints === 1 ? 'endpoint' : 'endpoints'}`;
}
