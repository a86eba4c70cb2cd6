/** Facts that an observation refers to, by the column and the table that tells their content. */
const FACTS: readonly (readonly [column: string, table: string, hash: string])[] = [
  ['judgement_id', 'judgement', 'content_hash'],
  ['outcome_id', 'outcome', 'content_hash'],
  ['plain_talk_id', 'plain_talk', 'content_hash'],
  ['handshake_id', 'handshake', 'content_hash'],
  ['stapled_response_id', 'stapled_response', 'sha256'],
  ['chain_id', 'chain', 'content_hash'],
  ['posture_id', 'posture', 'content_hash'],
];

const COLUMNS = [...FACTS.map(([column]) => column), 'planned_protocol', 'regraded_at'];

/**
 * What becomes, in SQL, of an observation that is there already: that which was judged last stays, and where neither was
 * judged again, always the same one.
 */
export const KEEP_BETTER_OBSERVATION = `(endpoint_id, run_id, observed_at) do update set
    ${COLUMNS.map((column) => `${column} = excluded.${column}`).join(', ')}
  where (${COLUMNS.map((column) => `excluded.${column} is not observation.${column}`).join(' or ')})
    and ${rankOf('excluded')} > ${rankOf('observation')}`;

function rankOf(row: string): string {
  const hashes = FACTS.map(
    ([column, table, hash]) =>
      `coalesce((select hex(${hash}) from main.${table} where id = ${row}.${column}), '')`,
  );
  return `(coalesce(${row}.regraded_at, -1), ${hashes.join(', ')}, coalesce(${row}.planned_protocol, ''))`;
}

/** Whether a packed observation, which differs from another one in outcome or judgement alone, stays instead of that. */
export function isBetterBare(a: BareRank, b: BareRank): boolean {
  return (Buffer.compare(a.judgement, b.judgement) || Buffer.compare(a.outcome, b.outcome)) > 0;
}

/** What tells which of two packed observations stays: the hashes of what they refer to. */
export interface BareRank {
  readonly judgement: Uint8Array;
  readonly outcome: Uint8Array;
}
