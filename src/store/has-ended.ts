import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { EXPIRED_REASON } from '../model/expired.js';
import { STATUSES, type Status } from '../model/judgement.js';

// Why a condition and no stored answer: a judgement is of its moment, but what is true now goes on. A certificate that
// has ended since it was judged counts as expired in every view of what is true now, as `expireVerdict` says.

/** Whether the certificate has ended by now, but had not when it was judged; null: verdicts are those of their moment. */
export type Ended = RawBuilder<SqlBool> | null;

const EXPIRED: Status = 'Expired';

/** The status that it has then. */
export const EXPIRED_STATUS = sql.lit<Status>(EXPIRED);

/** The place of that status among all. */
export const EXPIRED_RANK = sql.lit(STATUSES.indexOf(EXPIRED));

/** Builds the condition for what `judgement` and `certificate` stand for. */
export function hasEnded(now: Date | undefined): Ended {
  if (now === undefined) return null;
  return sql`(coalesce(certificate.not_after < ${now.getTime()}, 0) and judgement.status <> ${EXPIRED_STATUS})`;
}

/** Builds the condition from the row `current` alone. */
export function hasCurrentEnded(now: Date | undefined): Ended {
  if (now === undefined) return null;
  return sql`(coalesce(current.not_after < ${now.getTime()}, 0) and current.status_rank <> ${EXPIRED_RANK})`;
}

/** One value where the certificate has ended, another one where it has not. */
export function ifEnded<Value>(
  ended: Ended,
  then: RawBuilder<Value>,
  otherwise: RawBuilder<Value>,
): RawBuilder<Value> {
  return ended === null ? otherwise : sql<Value>`case when ${ended} then ${then} else ${otherwise} end`;
}

/** The letter where the certificate may have ended; null: none was given. */
export function letterOf(ended: Ended, letter: RawBuilder<string | null>): RawBuilder<string | null> {
  return ifEnded(ended, sql`iif(${letter} is null, null, ${sql.lit(EXPIRED_REASON.cap)})`, letter);
}
