import { type RawBuilder, sql } from 'kysely';

/** When the endpoint of `observation`, read from an `ObservationSource`, was observed first. */
export const firstSeen: RawBuilder<number> = sql`coalesce(bare_first_seen, (
  select min(other.observed_at) from observation as other where other.endpoint_id = observation.endpoint_id))`;
