import type { AddressRange, Target } from '../model/target.js';
import { formatAddress } from './address.js';
import { formatPortRange } from './port-range.js';

/** Writes a target as text that reads back as the same target; several port ranges give a word each. */
export function formatTarget({
  hosts,
  ports,
  serverName,
}: Pick<Target, 'hosts' | 'ports' | 'serverName'>): string {
  const name = serverName === undefined ? '' : `${serverName}@`;
  if (ports === undefined || ports.length === 0) return name + formatHosts(hosts, false);
  return ports.map((range) => `${name}${formatHosts(hosts, true)}:${formatPortRange(range)}`).join(' ');
}

function formatHosts(hosts: Target['hosts'], hasPort: boolean): string {
  if ('name' in hosts) return hosts.name;
  const first = formatEnd(hosts, hosts.first, hasPort);
  if (hosts.first === hosts.last) return first;
  const bits = prefixLengthOf(hosts);
  return bits === null ? `${first}-${formatEnd(hosts, hosts.last, hasPort)}` : `${first}/${bits}`;
}

function formatEnd({ family }: AddressRange, value: bigint, hasPort: boolean): string {
  const text = formatAddress({ family, value });
  return family === 6 && hasPort ? `[${text}]` : text;
}

/** The prefix length of a range that is one whole network; null: it is not. */
function prefixLengthOf({ family, first, last }: AddressRange): number | null {
  const size = last - first + 1n;
  const isNetwork = (size & (size - 1n)) === 0n && first % size === 0n;
  return isNetwork ? (family === 4 ? 32 : 128) - (size.toString(2).length - 1) : null;
}
