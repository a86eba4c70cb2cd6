import { type RawBuilder, sql } from 'kysely';

/**
 * When the endpoint of `observation`, read from an `ObservationSource`, was observed first: no view knows one that
 * provisional runs alone have observed.
 */
export const firstSeen: RawBuilder<number> = sql`
  coalesce(bare_first_seen, current.first_seen, observation.observed_at)`;
