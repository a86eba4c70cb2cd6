import { type RawBuilder, sql } from 'kysely';
import { listFields } from '../query/list-fields.js';
import { compileCondition } from './compile-condition.js';
import {
  currentFieldColumns,
  currentFindingColumns,
  currentSortKeys,
  currentStatus,
  currentStatusRank,
} from './current-field-columns.js';
import { ENDPOINT_COLUMNS } from './endpoint-row.js';
import type { FieldColumns } from './field-column.js';
import { type Ended, hasCurrentEnded } from './has-ended.js';
import type { Annotations } from './read-annotations.js';
import { recordFieldColumns } from './record-field-columns.js';
import type { RecordFilter, RecordQuery } from './record-query.js';
import { conditions, recordSortKeys, tell } from './select-records.js';
import { sharedFieldColumns } from './shared-field-columns.js';

/** Fields that only the observation itself, or what it refers to, can answer. */
const OF_THE_OBSERVATION: ReadonlySet<string> = new Set([
  'greeting',
  'plaintextAfterGoAhead',
  'run',
  'severity',
  'status',
  'waived',
  'warnings',
]);

/** Builds the query for the numbers of the endpoints whose records are asked for, in their order, of what is true now. */
export function selectCurrentIds(query: RecordQuery, annotations: Annotations): RawBuilder<number> {
  const { limit, matching, now = matching?.now, sort = [], where = {} } = query;
  const { hasWaivers } = annotations;
  const ended = hasCurrentEnded(now);
  const told = tell(query, annotations, true);
  const own = { ...currentFieldColumns(ended), ...(hasWaivers ? {} : currentFindingColumns(ended)) };
  const ownKeys = { ...currentSortKeys(ended), ...(hasWaivers ? {} : { status: currentStatusRank(ended) }) };
  const findings = hasWaivers ? told.findings : { ...told.findings, status: currentStatus(ended) };
  const isDeep =
    asksObservation(where) ||
    (where.statuses !== undefined && hasWaivers) ||
    (matching && listFields(matching.query).some((id) => !(id in own) && OF_THE_OBSERVATION.has(id))) ||
    sort.some(({ by }) => !(by in ownKeys) && OF_THE_OBSERVATION.has(by));
  const asked = [sql`current.chain_id is not null`, conditions(where, findings)];
  if (matching) {
    const all = recordFieldColumns(matching.now, told);
    const columns = { ...all, ...sharedFieldColumns(all), ...own };
    asked.push(compileCondition(matching, splitByEnd(ended, all, columns)));
  }
  const keys: Readonly<Record<string, RawBuilder<unknown>>> = { ...recordSortKeys(told), ...ownKeys };
  const order = [
    ...sort.map(({ by, descending }) => sql`${keys[by]} ${descending ? sql`desc` : sql`asc`} nulls last`),
    ...ENDPOINT_COLUMNS.map((column) => sql.ref(`current.${column}`)),
  ];
  return sql<number>`select current.endpoint_id from ${isDeep === true ? sql`${ROWS} ${THEIR_OBSERVATIONS}` : ROWS}
    where ${sql.join(asked, sql` and `)}
    order by ${sql.join(order)} ${limit === undefined ? sql`` : sql`limit ${limit}`}`;
}

/** What time makes otherwise, and facts that endpoints share cannot tell. */
const OF_TIME: readonly string[] = ['advice', 'certificateGrade', 'gradeReasons', 'messages', 'warnings'];

/** Asks the few endpoints whose certificates have ended since they were judged one by one. */
function splitByEnd(ended: Ended, all: FieldColumns, columns: FieldColumns): FieldColumns {
  if (ended === null) return columns;
  const split = OF_TIME.flatMap((id) => {
    const [then, otherwise] = [all[id], columns[id]];
    return then && otherwise ? [[id, { type: 'split', when: ended, then, otherwise }] as const] : [];
  });
  return { ...columns, ...Object.fromEntries(split) };
}

/** SQLite leaves out what is joined from the left and then not asked for. */
const ROWS = sql`current_endpoint as current
  left join endpoint on endpoint.id = current.endpoint_id
  left join judgement on judgement.id = current.judgement_id
  left join grading on grading.id = judgement.grading_id
  left join certificate on certificate.id = current.certificate_id
  left join issuer_name on issuer_name.id = current.issuer_id
  left join outcome on outcome.id = current.outcome_id
  left join handshake on handshake.id = current.handshake_id`;

const THEIR_OBSERVATIONS = sql`
  inner join observation on observation.endpoint_id = current.endpoint_id
    and observation.run_id = current.run_id and observation.observed_at = current.observed_at
  inner join scan_run on scan_run.id = observation.run_id
  left join plain_talk on plain_talk.id = observation.plain_talk_id
  left join posture on posture.id = observation.posture_id`;

/** Whether a filter asks about more than endpoints, certificates, judgements and outcomes. */
function asksObservation({ findings, fingerprint }: RecordFilter): boolean {
  return (findings ?? fingerprint) !== undefined;
}
