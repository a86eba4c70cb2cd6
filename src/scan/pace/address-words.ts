/*
 * Why not the reader of targets: that explains to people what is wrong with what they wrote, and counts in big integers.
 * These addresses come from a plan or a resolver, and are read several times for each endpoint of a scan: this reader takes
 * about a tenth of a microsecond and allocates nothing.
 */

/** Of the four words of an IPv6 address. */
const WORDS = 4;
/** The third word of an IPv4 address in IPv6 notation, `::ffff:192.0.2.1` (RFC 4291, section 2.5.5.2). */
const MAPPED = 0xffff;
const GROUPS = 8;
const DOT = 46;
const COLON = 58;

/** Groups of the IPv6 address that is being read. */
const groups = new Uint16Array(GROUPS);

/**
 * Reads an IP address into four 32-bit words, an IPv4 address as the IPv6 address that stands for it. False: it is none, or
 * it has a zone, which no 128 bits hold; the words are then without meaning.
 */
export function readAddressWords(text: string, words: Uint32Array): boolean {
  if (words.length < WORDS) throw new RangeError(`an address takes ${WORDS} words`);
  if (text.includes(':')) return readIpv6(text, words);
  const value = readIpv4(text, 0);
  if (value < 0) return false;
  words[0] = 0;
  words[1] = 0;
  words[2] = MAPPED;
  words[3] = value;
  return true;
}

/** Whether the words are those of an IPv4 address. */
export function isIpv4Words(words: Uint32Array): boolean {
  return words[2] === MAPPED && words[1] === 0 && words[0] === 0;
}

/** The dotted quad from `at` to the end of the text as a number; -1: there is none. */
function readIpv4(text: string, at: number): number {
  let value = 0;
  let octet = 0;
  let digits = 0;
  let dots = 0;
  for (let index = at; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code === DOT) {
      if (digits === 0 || dots === 3) return -1;
      value = value * 256 + octet;
      octet = 0;
      digits = 0;
      dots += 1;
    } else {
      const digit = code - 48;
      if (digit < 0 || digit > 9) return -1;
      // RFC 6943, section 3.1.1: some programs read 010 as eight, others as ten.
      if (digits > 0 && octet === 0) return -1;
      octet = octet * 10 + digit;
      digits += 1;
      if (octet > 255) return -1;
    }
  }
  return dots === 3 && digits > 0 ? value * 256 + octet : -1;
}

function readIpv6(text: string, words: Uint32Array): boolean {
  let count = 0;
  /** How many groups stand before the `::`; -1: there is none yet. */
  let gap = -1;
  let at = 0;
  if (text.startsWith('::')) {
    gap = 0;
    at = 2;
  }
  while (at < text.length) {
    if (count === GROUPS) return false;
    const start = at;
    let value = 0;
    let code = text.charCodeAt(at);
    for (let digit = readHex(code); digit >= 0 && at - start < 5; digit = readHex(code)) {
      value = value * 16 + digit;
      at += 1;
      code = text.charCodeAt(at);
    }
    if (at < text.length && code === DOT) {
      const quad = count <= GROUPS - 2 ? readIpv4(text, start) : -1;
      if (quad < 0) return false;
      groups[count] = quad >>> 16;
      groups[count + 1] = quad & 0xffff;
      count += 2;
      break;
    }
    if (at === start || at - start > 4) return false;
    groups[count] = value;
    count += 1;
    if (at === text.length) break;
    if (code !== COLON) return false;
    at += 1;
    if (at === text.length) return false;
    if (text.charCodeAt(at) === COLON) {
      if (gap >= 0) return false;
      gap = count;
      at += 1;
    }
  }
  if (gap < 0 ? count !== GROUPS : count >= GROUPS) return false;
  if (gap >= 0) {
    groups.copyWithin(GROUPS - (count - gap), gap, count);
    groups.fill(0, gap, GROUPS - (count - gap));
  }
  for (let word = 0; word < WORDS; word += 1) {
    words[word] = (groups[2 * word] ?? 0) * 0x10000 + (groups[2 * word + 1] ?? 0);
  }
  return true;
}

/** -1: no hexadecimal digit. */
function readHex(code: number): number {
  if (code >= 48 && code <= 57) return code - 48;
  const letter = code | 32;
  return letter >= 97 && letter <= 102 ? letter - 87 : -1;
}
