import type { Endpoint } from '../model/endpoint.js';
import { readIpAddress } from '../x509/ip-address.js';

/**
 * Finds the name that an endpoint's certificate must be valid for: the server name, else the host if it is a name.
 * An endpoint reached by address alone has none, unless `demandAddress` makes the address itself the name.
 */
export function findKnownName(endpoint: Endpoint, demandAddress: boolean): string | null {
  if (endpoint.serverName !== null) return endpoint.serverName;
  if (readIpAddress(endpoint.host) === null) return endpoint.host;
  return demandAddress ? (endpoint.address ?? endpoint.host) : null;
}
