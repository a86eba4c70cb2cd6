/** Bytes of an IPv6 address. */
export const IPV6_BYTES = 16;

/** Reads the text of an address as bytes in network order: 4 or 16; null: it is none. */
export function parseIpBytes(text: string): number[] | null {
  return parseIpv4Bytes(text) ?? parseIpv6Bytes(text);
}

/**
 * Reads four numbers without leading zeros; letter by letter, as each endpoint that is saved comes through here. Null: it
 * is no IPv4 address.
 */
export function parseIpv4Bytes(text: string): number[] | null {
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

/** Reads any of the forms of RFC 4291, section 2.2; null: it is none. */
export function parseIpv6Bytes(text: string): number[] | null {
  const halves = text.split('::').map((half, place, { length }) => parseGroups(half, place === length - 1));
  const [head, tail] = halves;
  if (!head || halves.length > 2) return null;
  if (halves.length === 1) return head.length === IPV6_BYTES ? head : null;
  if (!tail || head.length + tail.length > IPV6_BYTES - 2) return null;
  return [...head, ...new Array<number>(IPV6_BYTES - head.length - tail.length).fill(0), ...tail];
}

/** Reads groups of hexadecimal digits, of which the last of an address may be one of IPv4 (RFC 4291, section 2.2). */
function parseGroups(text: string, isEnd: boolean): number[] | null {
  if (text === '') return [];
  const groups = text.split(':');
  const bytes: number[] = [];
  for (const [index, group] of groups.entries()) {
    const ipv4 = isEnd && index === groups.length - 1 ? parseIpv4Bytes(group) : null;
    if (ipv4) bytes.push(...ipv4);
    else if (!/^[0-9a-f]{1,4}$/i.test(group)) return null;
    else bytes.push(Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 0xff);
  }
  return bytes;
}
