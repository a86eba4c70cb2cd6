import type { Database } from 'better-sqlite3';
import { chosenBy, chosenSql, SAYS_SOMETHING_SQL, type ViewChoice } from './view-choice.js';

// Why SQLite compares: of half a million endpoints nearly all are as they were, and to find that out of numbers that lie
// side by side costs it less than to hand them out.

/** What comparing some endpoints in two views has come to. */
export interface DifferingEndpoints {
  /** Endpoints that both views show alike. */
  readonly same: number;
  /** Numbers of those of which the views may show different things, or of which one shows nothing, ascending. */
  readonly endpointIds: readonly number[];
}

/** Observations looked at in one go: some tens of megabytes at most, and no wait that anyone notices. */
const OBSERVATIONS_AT_ONCE = 100_000;

/** Compares two views of an inventory, packed entries left out; endpoints come in the order of their numbers. */
export function* listDifferingEndpoints(
  database: Database,
  before: ViewChoice,
  after: ViewChoice,
): Generator<DifferingEndpoints> {
  const findEnd = database
    .prepare<[number], number | null>(
      `select max(endpoint_id) from (
        select endpoint_id from observation where endpoint_id > ? order by endpoint_id limit ${OBSERVATIONS_AT_ONCE})`,
    )
    .pluck();
  const { isSame, isShown, parameters } = compareSql(before, after);
  const compare = database
    .prepare<(number | string)[], [same: number, endpointIds: string]>(
      `select coalesce(sum(is_same), 0), json_group_array(endpoint_id) filter (where not is_same)
      from (
        select endpoint_id, ${isSame} and min(judgement_id) = max(judgement_id)
          and min(coalesce(chain_id, 0)) = max(coalesce(chain_id, 0)) as is_same
        from observation
        where ${isShown} and ${SAYS_SOMETHING_SQL} and endpoint_id > ? and endpoint_id <= ?
        group by endpoint_id order by endpoint_id)`,
    )
    .raw();
  for (let last = 0, end = findEnd.get(last); end != null; last = end, end = findEnd.get(last)) {
    const [same, endpointIds] = compare.get(...parameters, last, end) ?? [0, '[]'];
    yield { same, endpointIds: JSON.parse(endpointIds) };
  }
}

/** Conditions of SQL, with their parameters in this order. */
interface Comparison {
  /** Whether both views show something of an endpoint, and nothing beside it that has to be looked at. */
  readonly isSame: string;
  /** Whether one of the views may show an observation. */
  readonly isShown: string;
  readonly parameters: readonly (number | string)[];
}

/**
 * Both views show the same, as far as that is plain, where all observations that either of them may show are alike.
 * What a run shows is not stored under another protocol too; what is known last may be, where the plan left it open.
 */
function compareSql(before: ViewChoice, after: ViewChoice): Comparison {
  const all = [chosenBy(before), chosenBy(after)];
  if ('run' in before && 'run' in after && before.run !== after.run)
    return {
      isSame: 'min(run_id) <> max(run_id)',
      isShown: 'run_id in (select id from scan_run where uuid in (?, ?))',
      parameters: all,
    };
  if ('until' in before && 'until' in after)
    return {
      isSame: '(min(observed_at) <= ? and count(planned_protocol) = 0)',
      isShown: chosenSql(after),
      parameters: [Math.min(before.until, after.until), Math.max(before.until, after.until)],
    };
  return {
    isSame: `(max(${chosenSql(before)}) and max(${chosenSql(after)}) and count(planned_protocol) = 0)`,
    isShown: `(${chosenSql(before)} or ${chosenSql(after)})`,
    parameters: [...all, ...all],
  };
}
