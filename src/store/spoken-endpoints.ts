import type { Database } from 'better-sqlite3';

// Why a table of its own: an endpoint has rows or is packed, never both, so that each packed observation that comes from
// another inventory has to be held against all endpoints. They are looked up a block at a time.

/** Endpoints with rows that would be packed, had they never said anything. */
export const SPOKEN = 'temp.spoken_endpoint';

/** Of one block, port and protocol: numbers of the endpoints that have rows, by the last byte of the address. */
export type ReadSpoken = (block: Uint8Array, port: number, protocol: string) => ReadonlyMap<number, number>;

/** As `blockOfBareEntry` has it, in SQL: calling that for each endpoint would take longer than all else. */
const BLOCK = `cast(substr(address, 1, length(address) - 1)
  || case when substr(address, -1) >= x'80' then x'80' else x'' end as blob)`;

/** The last byte of an address as a number: its place among all bytes. */
const LAST = `instr(x'${Buffer.from(Array.from({ length: 256 }, (_, byte) => byte)).toString('hex')}', substr(address, -1)) - 1`;

/** Notes which endpoints have rows; those with numbers above `lastKnown` are new. */
export function noteSpokenEndpoints(database: Database, lastKnown: number): void {
  database.exec(`
    drop table if exists ${SPOKEN};
    create table ${SPOKEN} (
      block blob not null, port integer not null, protocol text not null, last integer not null,
      endpoint_id integer not null, is_new integer not null,
      primary key (block, port, protocol, last)) without rowid;
    insert into ${SPOKEN} (block, port, protocol, last, endpoint_id, is_new)
      select ${BLOCK}, port, protocol, ${LAST}, id, id > ${lastKnown}
      from main.endpoint where server_name = '' and host = '' and length(address) in (4, 16)
      order by address, port, protocol;`);
}

/** Prepares looking them up; the one asked last is remembered. */
export function prepareReadSpoken(database: Database): ReadSpoken {
  const select = database
    .prepare<[Uint8Array, number, string], [last: number, endpointId: number]>(
      `select last, endpoint_id from ${SPOKEN} where block = ? and port = ? and protocol = ?`,
    )
    .raw();
  let latest: [block: Uint8Array, port: number, protocol: string, found: ReadonlyMap<number, number>] | null =
    null;
  return (block, port, protocol) => {
    if (latest?.[1] === port && latest[2] === protocol && Buffer.compare(latest[0], block) === 0)
      return latest[3];
    const found = new Map(select.all(block, port, protocol));
    latest = [block, port, protocol, found];
    return found;
  };
}
