import type { Subnet } from './query.js';

const IPV4_BYTES = 4;
const IPV6_BYTES = 16;

/** Reads an address, or a network in CIDR form whose host bits count for nothing; null: it is neither. */
export function parseSubnet(text: string): Subnet | null {
  const match = /^([0-9a-f.:]+)(?:\/(\d{1,3}))?$/i.exec(text);
  const bytes = match?.[1] === undefined ? null : (parseIpv4(match[1]) ?? parseIpv6(match[1]));
  if (!match || !bytes) return null;
  const length = match[2] === undefined ? bytes.length * 8 : Number(match[2]);
  if (length > bytes.length * 8) return null;
  const masks = bytes.map((_, index) => 0xff >> Math.min(8, Math.max(0, length - index * 8)));
  return {
    text,
    first: Uint8Array.from(bytes, (byte, index) => byte & ~(masks[index] ?? 0)),
    last: Uint8Array.from(bytes, (byte, index) => byte | (masks[index] ?? 0)),
  };
}

function parseIpv4(text: string): readonly number[] | null {
  const parts = text.split('.');
  if (parts.length !== IPV4_BYTES || !parts.every((part) => /^(?:0|[1-9]\d{0,2})$/.test(part))) return null;
  const bytes = parts.map(Number);
  return bytes.every((byte) => byte <= 255) ? bytes : null;
}

/** Reads any of the forms of RFC 4291, section 2.2. */
function parseIpv6(text: string): readonly number[] | null {
  const halves = text.split('::').map(parseGroups);
  const [head, tail] = halves;
  if (!head || halves.length > 2) return null;
  if (halves.length === 1) return head.length === IPV6_BYTES ? head : null;
  if (!tail || head.length + tail.length > IPV6_BYTES - 2) return null;
  return [...head, ...new Array<number>(IPV6_BYTES - head.length - tail.length).fill(0), ...tail];
}

function parseGroups(text: string): readonly number[] | null {
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
