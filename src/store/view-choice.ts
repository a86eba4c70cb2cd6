import { PROVISIONAL_RUNS } from './provisional-runs.js';

/**
 * Which observations a view of an inventory shows: of each endpoint the latest that a run (its UUID) made, or the latest
 * until a moment (milliseconds since 1970, UTC; `Infinity`: all). Those that say nothing of the endpoint do not count.
 */
export type ViewChoice = { readonly run: string } | { readonly until: number };

/** The condition of observations that say something of the endpoint, and not of us alone. */
export const SAYS_SOMETHING_SQL = `(chain_id is not null
  or outcome_id not in (select id from outcome where name in ('cancelled', 'internal')))`;

/** The condition of observations among which a view looks for the latest; `chosenBy` is its one parameter. */
export function chosenSql(choice: ViewChoice): string {
  return 'run' in choice
    ? '(run_id = (select id from scan_run where uuid = ?))'
    : `(observed_at <= ? and run_id not in ${PROVISIONAL_RUNS})`;
}

/** The parameter of `chosenSql`. */
export function chosenBy(choice: ViewChoice): string | number {
  return 'run' in choice ? choice.run : choice.until;
}
