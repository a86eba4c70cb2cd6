import { readAddress } from '../address.js';
import { toAddressRanges } from '../address-range.js';
import { ipv4ShapeOf } from '../ipv4-shape.js';
import { isProblem } from '../problem.js';
import type { TargetSyntax } from '../target-syntax.js';

/** One address. */
export const address: TargetSyntax = {
  name: 'address',
  example: '[2001:db8::1]:443',
  description: 'One IPv4 or IPv6 address; IPv6 needs brackets only where a port follows.',
  parse({ hosts, port }) {
    if (!isAddress(hosts)) return null;
    const found = readAddress(hosts);
    return isProblem(found) ? found : { hosts: toAddressRanges(found, found), port, serverName: null };
  },
};

function isAddress(hosts: string): boolean {
  if (hosts.includes(':') || hosts.includes('[')) return !hosts.includes('-') && !hosts.includes('/');
  return ipv4ShapeOf(hosts) === 'address';
}
