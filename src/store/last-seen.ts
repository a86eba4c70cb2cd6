import { type RawBuilder, sql } from 'kysely';

/** When the endpoint of an `ObservationSource` last presented a certificate; NULL: it never did. */
export const lastSeen: RawBuilder<number | null> = sql`
  case when current.certificate_id is not null then current.observed_at end`;
