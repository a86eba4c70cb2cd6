import type { Endpoint } from '../../model/endpoint.js';
import { readIpAddress } from '../../x509/ip-address.js';

/** Digits of the highest port. */
const PORT_DIGITS = 5;

/**
 * Writes the place of an endpoint, which is all of it but the protocol, so that texts sort as people list places: IPv4,
 * IPv6, then names without an address, each by number or letter, then port, host and server name.
 */
export function formatPlaceKey({ address, host, port, serverName }: Endpoint): string {
  const octets = address === null ? null : readIpAddress(address);
  const family = octets === null ? 'n' : octets.length === 4 ? '4' : '6';
  const number = octets === null ? '' : Buffer.from(octets).toString('hex');
  // The text stands behind, as a zone is no part of the number.
  return [
    `${family}${number}`,
    String(port).padStart(PORT_DIGITS, '0'),
    host,
    serverName ?? '',
    address ?? '',
  ].join('\0');
}
