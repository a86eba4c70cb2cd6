import type { Database } from 'better-sqlite3';
import { STATUSES, type Status } from '../model/judgement.js';
import type { RunSummary } from '../model/run-summary.js';
import { dropHeeded, heedAnnotations } from './heed-annotations.js';
import { PROVISIONAL_RUNS } from './provisional-runs.js';

const MS_PER_DAY = 86_400_000;

/** Days before its end in which a certificate counts as expiring: those that lists of expiring ones have by default. */
const EXPIRING_DAYS = 30;

const WARNING: Status = 'Warning';

/**
 * Counts what a run has found, by its number; a run that did not end is judged as of its start. What people accept then
 * counts for nothing.
 */
export function summarizeRun(database: Database, runId: number): RunSummary {
  const moment = database
    .prepare<[number], number>('select coalesce(ended_at, started_at) from scan_run where id = ?')
    .pluck()
    .get(runId);
  if (moment === undefined) throw new Error(`there is no run ${runId}`);
  heedAnnotations(database, { runId }, new Date(moment));
  try {
    return count(database, runId);
  } finally {
    dropHeeded(database);
  }
}

function count(database: Database, runId: number): RunSummary {
  const summary = database
    .prepare<[Record<string, number | string>], RunSummary>(
      `with moment as materialized (
        select coalesce(ended_at, started_at) as ended from scan_run where id = @runId),
      seen as materialized (
        select observation.endpoint_id, observation.observed_at, link.certificate_id,
          iif(told.endpoint_id is null, judgement.status = @warning, told.status_rank = @warningRank) as is_warning
        from observation
        cross join chain_certificate as link on link.chain_id = observation.chain_id and link.position = 0
        cross join judgement on judgement.id = observation.judgement_id
        left join temp.told on told.endpoint_id = observation.endpoint_id and told.run_id = observation.run_id
          and told.observed_at = observation.observed_at
        where observation.run_id = @runId),
      leaf as materialized (
        select certificate_id, min(observed_at) as first, max(is_warning) as is_warning from seen group by certificate_id),
      found as (
        select count(*) as certificates, coalesce(sum(not_after < ended and is_used), 0) as expired,
          coalesce(sum(not_after >= ended and not_after <= ended + @expiringMs and is_used), 0) as expiring,
          coalesce(sum(is_warning), 0) as warnings
        from (
          select *, certificate_id not in (select id from temp.unused_certificate) as is_used from leaf) as leaf
        cross join certificate on certificate.id = leaf.certificate_id cross join moment)
      select found.*,
        (select count(distinct endpoint_id) from seen) as endpoints,
        (select count(distinct seen.endpoint_id) from seen
          cross join current_endpoint on current_endpoint.endpoint_id = seen.endpoint_id
          where current_endpoint.first_seen = seen.observed_at) as newEndpoints,
        (select count(*) from leaf where not exists (
          select 1 from chain_certificate as link
          cross join endpoint_chain on endpoint_chain.chain_id = link.chain_id
          cross join observation on observation.endpoint_id = endpoint_chain.endpoint_id
            and observation.chain_id = link.chain_id
          where link.certificate_id = leaf.certificate_id and link.position = 0
            and observation.run_id <> @runId and observation.observed_at < leaf.first
            and observation.run_id not in ${PROVISIONAL_RUNS})) as newCertificates
      from found`,
    )
    .get({
      runId,
      warning: WARNING,
      warningRank: STATUSES.indexOf(WARNING),
      expiringMs: EXPIRING_DAYS * MS_PER_DAY,
    });
  if (summary === undefined) throw new Error(`a count of run ${runId} has no row`);
  return summary;
}
