import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { EXPIRING } from '../model/expired.js';
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
import { mayBeWaived } from './may-be-waived.js';
import type { Annotations } from './read-annotations.js';
import { recordFieldColumns } from './record-field-columns.js';
import type { RecordFilter, RecordQuery } from './record-query.js';
import { conditions, recordSortKeys, tell } from './select-records.js';
import { sharedFieldColumns } from './shared-field-columns.js';
import { statusRank } from './status-rank.js';

/** Fields that only the observation itself, or what it refers to, can answer. */
const OF_THE_OBSERVATION: ReadonlySet<string> = new Set(['greeting', 'plaintextAfterGoAhead', 'run']);

/** Builds the query for the numbers of the endpoints whose records are asked for, in their order, of what is true now. */
export function selectCurrentIds(query: RecordQuery, annotations: Annotations): RawBuilder<number> {
  const { limit, matching, now = matching?.now, sort = [], where = {} } = query;
  const ended = hasCurrentEnded(now);
  const waived = mayBeWaived(annotations, ended);
  const told = tell(query, annotations, true);
  const status = askSome(waived, told.findings.status, currentStatus(ended));
  const isDeep =
    asksObservation(where) ||
    (matching && listFields(matching.query).some((id) => OF_THE_OBSERVATION.has(id)));
  const asked = [sql`current.chain_id is not null`, conditions(where, { ...told.findings, status })];
  if (matching) {
    const all = recordFieldColumns(matching.now, told);
    const own = { ...currentFieldColumns(ended), ...currentFindingColumns(ended) };
    const columns = { ...all, ...sharedFieldColumns(all), ...own };
    asked.push(
      compileCondition(matching, {
        ...columns,
        ...split(OF_TIME, ended, all, columns),
        ...split(OF_WAIVERS, waived, all, columns),
        ...split(OF_BOTH, eitherOf(wasExpiring(ended), waived), all, columns),
      }),
    );
  }
  const keys: Readonly<Record<string, RawBuilder<unknown>>> = {
    ...recordSortKeys(told),
    ...currentSortKeys(ended),
    status: askSome(waived, statusRank(told.findings.status), currentStatusRank(ended)),
  };
  const order = [
    ...sort.map(({ by, descending }) => sql`${keys[by]} ${descending ? sql`desc` : sql`asc`} nulls last`),
    ...ENDPOINT_COLUMNS.map((column) => sql.ref(`current.${column}`)),
  ];
  return sql<number>`select current.endpoint_id from ${isDeep === true ? sql`${ROWS} ${THEIR_OBSERVATIONS}` : ROWS}
    where ${sql.join(asked, sql` and `)}
    order by ${sql.join(order)} ${limit === undefined ? sql`` : sql`limit ${limit}`}`;
}

/** What time makes otherwise, and facts that endpoints share cannot tell. */
const OF_TIME: readonly string[] = ['advice', 'certificateGrade', 'gradeReasons', 'messages'];

/** What people make otherwise who accept findings. */
const OF_WAIVERS: readonly string[] = ['severity', 'status'];

/** What people make otherwise, and time only where it takes something away. */
const OF_BOTH: readonly string[] = ['waived', 'warnings'];

/** What has ended and was found to be about to: that is true no more. */
function wasExpiring(ended: Ended): RawBuilder<SqlBool> | null {
  return (
    ended &&
    sql`(${ended} and current.judgement_id in (
      select own.judgement_id from finding_rule as rule
      inner join judgement_finding as own on own.rule_id = rule.id where rule.name = ${sql.lit(EXPIRING)}))`
  );
}

/** What is asked of an endpoint by itself: joined for those few that need it. */
const ITS_FACTS = sql`(select 1) as one
  left join endpoint on endpoint.id = current.endpoint_id
  left join judgement on judgement.id = current.judgement_id
  left join grading on grading.id = judgement.grading_id
  left join certificate on certificate.id = current.certificate_id`;

/** Asks those one by one that a condition holds for; null: it holds for none. */
function split(
  ids: readonly string[],
  when: RawBuilder<SqlBool> | null,
  all: FieldColumns,
  columns: FieldColumns,
): FieldColumns {
  if (when === null) return {};
  const parts = ids.flatMap((id) => {
    const [then, otherwise] = [all[id], columns[id]];
    return then && otherwise
      ? [[id, { type: 'split', when, from: ITS_FACTS, then, otherwise }] as const]
      : [];
  });
  return Object.fromEntries(parts);
}

/** The same for one value. */
function askSome<Value>(
  when: RawBuilder<SqlBool> | null,
  then: RawBuilder<Value>,
  otherwise: RawBuilder<Value>,
): RawBuilder<Value> {
  return when === null
    ? otherwise
    : sql<Value>`case when ${when} then (select ${then} from ${ITS_FACTS}) else ${otherwise} end`;
}

function eitherOf(a: RawBuilder<SqlBool> | null, b: RawBuilder<SqlBool> | null): RawBuilder<SqlBool> | null {
  return a && b ? sql`(${a} or ${b})` : (a ?? b);
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
