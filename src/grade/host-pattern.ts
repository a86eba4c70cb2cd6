import type { Endpoint } from '../model/endpoint.js';
import { readIpAddress } from '../x509/ip-address.js';
import { readPattern } from './pattern.js';

/** Tells whether an endpoint is meant. */
export type HostPattern = (endpoint: Endpoint) => boolean;

/**
 * Reads a pattern of endpoints: of the host, the server name or the address (`*.lab.example`, `10.0.*`), or a block of
 * addresses (`10.0.0.0/8`, `2001:db8::/32`). Null: it is written like a block and is none.
 */
export function readHostPattern(written: string): HostPattern | null {
  if (written.includes('/')) return readBlock(written);
  const fits = readPattern(written);
  return ({ address, host, serverName }) =>
    fits(host) || (address !== null && fits(address)) || (serverName !== null && fits(serverName));
}

function readBlock(written: string): HostPattern | null {
  const match = /^([^/]+)\/(\d{1,3})$/.exec(written);
  const network = readIpAddress(match?.[1] ?? '');
  const length = Number(match?.[2]);
  if (network === null || !(length <= 8 * network.length)) return null;
  return ({ address }) => {
    const octets = address === null ? null : readIpAddress(address);
    return octets !== null && octets.length === network.length && isSameNetwork(octets, network, length);
  };
}

function isSameNetwork(octets: Uint8Array, network: Uint8Array, length: number): boolean {
  return octets.every((octet, index) => {
    const bits = Math.min(8, Math.max(0, length - 8 * index));
    return ((octet ^ (network[index] ?? 0)) & (0xff00 >> bits) & 0xff) === 0;
  });
}
