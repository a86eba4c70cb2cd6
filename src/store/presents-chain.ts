import { type RawBuilder, type SqlBool, sql } from 'kysely';

/**
 * Whether an observation, by the name of its table in the query, brought the chain of a row of `endpoint_chain`: in the
 * handshake, or to other clients. Joined by the endpoint, this finds observations of a chain without an index of them.
 */
export function presentsChain(observation: string): RawBuilder<SqlBool> {
  const of = (column: string) => sql.ref(`${observation}.${column}`);
  return sql`(${of('endpoint_id')} = endpoint_chain.endpoint_id and (
    ${of('chain_id')} = endpoint_chain.chain_id or exists (
      select 1 from posture_chain
      where posture_chain.posture_id = ${of('posture_id')} and posture_chain.chain_id = endpoint_chain.chain_id)))`;
}
