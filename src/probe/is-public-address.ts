import { BlockList, isIPv4, isIPv6 } from 'node:net';

/** IPv4 that is not globally reachable, or not one host (IANA IPv4 Special-Purpose Address Registry; RFC 6890). */
const SPECIAL_IPV4 = makeList('ipv4', [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
]);

/** The only IPv6 addresses that are given to hosts of the Internet (RFC 4291, section 2.4): all else is special. */
const GLOBAL_IPV6 = makeList('ipv6', [['2000::', 3]]);

/** What among those is special all the same: Teredo and other assignments, documentation, 6to4, segment routing. */
const SPECIAL_IPV6 = makeList('ipv6', [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
]);

/** Where a translator shows IPv4 to networks that have IPv6 alone (RFC 6052): as public as what it leads to. */
const TRANSLATED = /^64:ff9b::(?:([0-9a-f]{1,4}):)?([0-9a-f]{1,4})$/;

/** Whether an address is one of the public Internet: not private, loopback, link-local, multicast, shared or reserved. */
export function isPublicAddress(address: string): boolean {
  if (isIPv4(address)) return !SPECIAL_IPV4.check(address, 'ipv4');
  if (!isIPv6(address) || address.includes('%')) return false;
  const translated = TRANSLATED.exec(address);
  if (translated) return isPublicAddress(formatIpv4(translated[1] ?? '0', translated[2] ?? '0'));
  return GLOBAL_IPV6.check(address, 'ipv6') && !SPECIAL_IPV6.check(address, 'ipv6');
}

function formatIpv4(high: string, low: string): string {
  const [left, right] = [Number.parseInt(high, 16), Number.parseInt(low, 16)];
  return [left >> 8, left & 0xff, right >> 8, right & 0xff].join('.');
}

function makeList(family: 'ipv4' | 'ipv6', subnets: readonly (readonly [string, number])[]): BlockList {
  const list = new BlockList();
  for (const [net, prefix] of subnets) list.addSubnet(net, prefix, family);
  return list;
}
