/** Writes 4 or 16 octets as canonical text (RFC 5952); null: no address has so many octets. */
export function formatIpAddress(octets: Uint8Array): string | null {
  if (octets.length === 4) return octets.join('.');
  if (octets.length !== 16) return null;
  const groups: number[] = [];
  for (let at = 0; at < 16; at += 2) groups.push((octets[at] ?? 0) * 256 + (octets[at + 1] ?? 0));
  const gap = findLongestZeros(groups);
  const write = (part: readonly number[]) => part.map((group) => group.toString(16)).join(':');
  if (gap.length < 2) return write(groups);
  return `${write(groups.slice(0, gap.start))}::${write(groups.slice(gap.start + gap.length))}`;
}

/** Reads an IPv4 or IPv6 literal, brackets and zone allowed, as 4 or 16 octets; null: it is none. */
export function readIpAddress(text: string): Uint8Array | null {
  // Longer than any literal: no need to look.
  if (text.length > 128) return null;
  if (!text.includes(':')) return readIpv4(text);
  return readIpv6(text.replace(/^\[(.*)\]$/, '$1').replace(/%.*$/, ''));
}

function readIpv4(text: string): Uint8Array | null {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^(?:0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256))
    return null;
  return Uint8Array.from(parts, Number);
}

function readIpv6(text: string): Uint8Array | null {
  const halves = text.split('::');
  // An embedded IPv4 address comes last of all.
  if (halves.length > 2 || (halves.length === 2 && halves[0]?.includes('.'))) return null;
  const [head, tail] = halves.map((half) => (half === '' ? [] : half.split(':').flatMap(readGroup)));
  if (head === undefined) return null;
  const zeros = 16 - head.length - (tail?.length ?? 0);
  // RFC 4291, section 2.2: `::` stands for one or more groups of zeros.
  if (tail === undefined ? zeros !== 0 : zeros < 2) return null;
  const octets = [...head, ...Array<number>(zeros).fill(0), ...(tail ?? [])];
  return octets.every((octet) => octet >= 0) ? Uint8Array.from(octets) : null;
}

/** Two octets of a group, four of an embedded IPv4 address; a negative one stands for what is neither. */
function readGroup(group: string, at: number, groups: readonly string[]): number[] {
  if (/^[\da-f]{1,4}$/i.test(group)) {
    const value = Number.parseInt(group, 16);
    return [value >> 8, value & 0xff];
  }
  const ipv4 = at === groups.length - 1 ? readIpv4(group) : null;
  return ipv4 ? [...ipv4] : [-1, -1];
}

function findLongestZeros(groups: readonly number[]): { start: number; length: number } {
  let best = { start: 0, length: 0 };
  for (let start = 0; start < groups.length; start++) {
    let length = 0;
    while (groups[start + length] === 0) length++;
    if (length > best.length) best = { start, length };
  }
  return best;
}
