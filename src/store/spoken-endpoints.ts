import type { Database } from 'better-sqlite3';
import { blockOfBareEntry } from './bare-entry.js';

// Why a table of its own: an endpoint has rows or is packed, never both, so that each packed observation that comes from
// another inventory has to be held against all endpoints. They are looked up a block at a time.

/** Endpoints with rows that would be packed, had they never said anything. */
export const SPOKEN = 'temp.spoken_endpoint';

/** Of one block, port and protocol: numbers of the endpoints that have rows, by the last byte of the address. */
export type ReadSpoken = (block: Uint8Array, port: number, protocol: string) => ReadonlyMap<number, number>;

/** Notes which endpoints have rows; those with numbers above `lastKnown` are new. */
export function noteSpokenEndpoints(database: Database, lastKnown: number): void {
  const options = { deterministic: true, directOnly: true };
  database.function('block_of_address', options, (address: unknown) =>
    address instanceof Uint8Array ? blockOfBareEntry(address) : null,
  );
  database.function('last_of_address', options, (address: unknown) =>
    address instanceof Uint8Array ? (address.at(-1) ?? 0) : null,
  );
  database.exec(`
    drop table if exists ${SPOKEN};
    create table ${SPOKEN} (
      block blob not null, port integer not null, protocol text not null, last integer not null,
      endpoint_id integer not null, is_new integer not null,
      primary key (block, port, protocol, last)) without rowid;
    insert into ${SPOKEN} (block, port, protocol, last, endpoint_id, is_new)
      select block_of_address(address), port, protocol, last_of_address(address), id, id > ${lastKnown}
      from main.endpoint where server_name = '' and host = '' and length(address) in (4, 16);`);
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
