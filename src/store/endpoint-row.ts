import type { Selectable } from 'kysely';
import type { Endpoint } from '../model/endpoint.js';
import { decodeAddressBytes, encodeAddressBytes } from './address-bytes.js';
import type { Row } from './find-or-insert.js';
import type { EndpointTable } from './schema.js';

/** The columns of an endpoint: together its natural key. */
export const ENDPOINT_COLUMNS = ['address', 'port', 'protocol', 'server_name', 'host'] as const;

/** Lays an endpoint out as a row; what goes without saying takes no room. */
export function toEndpointRow(endpoint: Endpoint): Row<'endpoint'> {
  return {
    host: endpoint.host === endpoint.address ? '' : endpoint.host,
    address: encodeAddressBytes(endpoint.address),
    port: endpoint.port,
    protocol: endpoint.protocol,
    server_name: endpoint.serverName ?? '',
  };
}

/** Reads an endpoint. */
export function fromEndpointRow(
  row: Pick<Selectable<EndpointTable>, (typeof ENDPOINT_COLUMNS)[number]>,
): Endpoint {
  const address = decodeAddressBytes(row.address);
  return {
    host: row.host === '' ? (address ?? '') : row.host,
    address,
    port: row.port,
    protocol: row.protocol,
    serverName: row.server_name === '' ? null : row.server_name,
  };
}
