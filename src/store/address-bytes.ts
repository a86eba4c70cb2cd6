/** Bytes of an IPv6 address; texts that are not the canonical form of one are kept behind as many. */
const IPV6_BYTES = 16;

/**
 * Encodes the text of an address as bytes in network order, so that a database sorts addresses and compares ranges as
 * numbers: 4 for IPv4, 16 for IPv6, none for null. A text that would not come back the same (one with a zone, say)
 * follows its 16 bytes as it is.
 */
export function encodeAddressBytes(text: string | null): Uint8Array {
  if (text === null) return new Uint8Array(0);
  const ipv4 = parseIpv4(text);
  if (ipv4) return Uint8Array.from(ipv4);
  const ipv6 = parseIpv6(text.split('%', 1)[0] ?? '') ?? new Array<number>(IPV6_BYTES).fill(0);
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

/** Reads four numbers without leading zeros; letter by letter, as each endpoint that is saved comes through here. */
function parseIpv4(text: string): number[] | null {
  const bytes: number[] = [];
  let byte = 0;
  let digits = 0;
  for (let i = 0; i <= text.length; i += 1) {
    const digit = text.charCodeAt(i) - DIGIT_0;
    if (digit >= 0 && digit <= 9) {
      if (digits > 0 && byte === 0) return null;
      byte = 10 * byte + digit;
      digits += 1;
      if (byte > 255) return null;
    } else if (digits > 0 && (i === text.length || text[i] === '.')) {
      bytes.push(byte);
      byte = 0;
      digits = 0;
    } else return null;
  }
  return bytes.length === 4 ? bytes : null;
}

const DIGIT_0 = 48;

function parseIpv6(text: string): number[] | null {
  const halves = text.split('::').map(parseGroups);
  const [head, tail] = halves;
  if (!head || halves.length > 2) return null;
  if (halves.length === 1) return head.length === IPV6_BYTES ? head : null;
  if (!tail || head.length + tail.length > IPV6_BYTES - 2) return null;
  return [...head, ...new Array<number>(IPV6_BYTES - head.length - tail.length).fill(0), ...tail];
}

/** Reads groups of hexadecimal digits, of which the last may be an IPv4 address (RFC 4291, section 2.2). */
function parseGroups(text: string): number[] | null {
  if (text === '') return [];
  const groups = text.split(':');
  const bytes: number[] = [];
  for (const [index, group] of groups.entries()) {
    const ipv4 = index === groups.length - 1 ? parseIpv4(group) : null;
    if (ipv4) bytes.push(...ipv4);
    else if (!/^[0-9a-f]{1,4}$/i.test(group)) return null;
    else bytes.push(Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 0xff);
  }
  return bytes;
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
