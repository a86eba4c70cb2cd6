import type { Database } from 'better-sqlite3';
import type { Selectable } from 'kysely';
import type { Endpoint } from '../model/endpoint.js';
import { ENDPOINT_COLUMNS, fromEndpointRow } from './endpoint-row.js';
import { decodeHex } from './hex.js';
import type { EndpointTable } from './schema.js';

/** Prepares reading the endpoints whose leaf a certificate (SHA-256, hex) is now, no more than `most`, in their order. */
export function prepareListDeployed(
  database: Database,
  most: number,
): (fingerprint: string) => readonly Endpoint[] {
  const columns = ENDPOINT_COLUMNS.join(', ');
  const statement = database.prepare<[Uint8Array, number], Omit<Selectable<EndpointTable>, 'id'>>(
    `select ${columns} from current_endpoint
    where certificate_id = (select id from certificate where sha256 = ?) order by ${columns} limit ?`,
  );
  return (fingerprint) => statement.all(decodeHex(fingerprint), most).map(fromEndpointRow);
}
