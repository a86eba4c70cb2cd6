import { IPV6_BYTES, parseIpv4Bytes, parseIpv6Bytes } from '../query/ip-bytes.js';

/**
 * Encodes the text of an address as bytes in network order, so that a database sorts addresses and compares ranges as
 * numbers: 4 for IPv4, 16 for IPv6, none for null. A text that would not come back the same (one with a zone, say)
 * follows its 16 bytes as it is.
 */
export function encodeAddressBytes(text: string | null): Uint8Array {
  if (text === null) return new Uint8Array(0);
  const ipv4 = parseIpv4Bytes(text);
  if (ipv4) return Uint8Array.from(ipv4);
  const ipv6 = parseIpv6Bytes(text.split('%', 1)[0] ?? '') ?? new Array<number>(IPV6_BYTES).fill(0);
  if (formatIpv6(ipv6) === text) return Uint8Array.from(ipv6);
  return Uint8Array.from([...ipv6, ...new TextEncoder().encode(text)]);
}

/** Decodes what `encodeAddressBytes` wrote. */
export function decodeAddressBytes(bytes: Uint8Array): string | null {
  if (bytes.length === 0) return null;
  if (bytes.length === 4) return bytes.join('.');
  if (bytes.length === IPV6_BYTES) return formatIpv6([...bytes]);
  return new TextDecoder().decode(bytes.subarray(IPV6_BYTES));
}

/** Writes the canonical text (RFC 5952, sections 4 and 5). */
function formatIpv6(bytes: readonly number[]): string {
  const groups = Array.from({ length: 8 }, (_, i) => ((bytes[2 * i] ?? 0) << 8) | (bytes[2 * i + 1] ?? 0));
  if (groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff)
    return `::ffff:${bytes.slice(12).join('.')}`;
  const [start, length] = longestZeros(groups);
  const hex = groups.map((group) => group.toString(16));
  if (length < 2) return hex.join(':');
  return `${hex.slice(0, start).join(':')}::${hex.slice(start + length).join(':')}`;
}

/** The first longest run of zero groups, as [start, length]. */
function longestZeros(groups: readonly number[]): [number, number] {
  let best: [number, number] = [0, 0];
  let length = 0;
  for (const [index, group] of groups.entries()) {
    length = group === 0 ? length + 1 : 0;
    if (length > best[1]) best = [index - length + 1, length];
  }
  return best;
}
