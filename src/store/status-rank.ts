import { type RawBuilder, sql } from 'kysely';
import { STATUSES } from '../model/judgement.js';

/** The place of a status among all of them: worst first, as the dictionary lists them. */
export function statusRank(status: RawBuilder<unknown>): RawBuilder<number> {
  const ranks = STATUSES.map((each, rank) => sql`when ${sql.lit(each)} then ${sql.lit(rank)}`);
  return sql`case ${status} ${sql.join(ranks, sql` `)} end`;
}
