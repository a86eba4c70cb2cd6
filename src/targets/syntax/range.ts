import { readAddress } from '../address.js';
import { toAddressRanges } from '../address-range.js';
import { ipv4ShapeOf } from '../ipv4-shape.js';
import { isBracketed } from '../is-bracketed.js';
import { isProblem } from '../problem.js';
import type { TargetSyntax } from '../target-syntax.js';

/** Two addresses and everything between them. */
export const range: TargetSyntax = {
  name: 'range',
  example: '192.168.12.0-192.168.13.255',
  description: 'All addresses from the first to the last, IPv4 or IPv6.',
  parse({ hosts, port }) {
    if (!isRange(hosts)) return null;
    const text = isBracketed(hosts) ? hosts.slice(1, -1) : hosts;
    const dash = text.indexOf('-');
    const first = readAddress(text.slice(0, dash));
    if (isProblem(first)) return first;
    const last = readAddress(text.slice(dash + 1));
    if (isProblem(last)) return last;
    if (first.family !== last.family) return { problem: 'is no range: one end is IPv4 and the other IPv6' };
    if (last.value < first.value) {
      return {
        problem: `is no range: it ends before it begins, write ${text.slice(dash + 1)}-${text.slice(0, dash)}`,
      };
    }
    return { hosts: toAddressRanges(first, last), port, serverName: null };
  },
};

function isRange(hosts: string): boolean {
  if (hosts.includes(':') || hosts.includes('[')) return hosts.includes('-') && !hosts.includes('/');
  return ipv4ShapeOf(hosts) === 'range';
}
