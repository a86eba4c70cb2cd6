import { readIpv4 } from './ipv4.js';
import { isProblem, type Problem } from './problem.js';
import { quoteWord } from './quote-word.js';

/** The longest text of an IPv6 address is `xxxx:` six times and a dotted quad: 45 characters. */
const MAX_LENGTH = 45;
const GROUP = /^[0-9a-f]{1,4}$/i;
const WHAT_IT_IS =
  'is no address: an IPv6 address is eight groups of hexadecimal digits, "::" once for a run of zeros';

/** Reads an IPv6 address (RFC 4291, section 2.2), without brackets, as an unsigned 128-bit integer. */
export function readIpv6(text: string): bigint | Problem {
  const zone = text.indexOf('%');
  if (zone !== -1) {
    return {
      problem: `has a zone, which means nothing on another machine: leave out ${quoteWord(text.slice(zone))}`,
    };
  }
  if (text.length > MAX_LENGTH) return { problem: WHAT_IT_IS };
  if (/^[^:]*\./.test(text))
    return { problem: 'is no address: only IPv6 has more than the colon before the port' };
  const halves = text.split('::');
  if (halves.length > 2) return { problem: 'is no address: "::" may stand only once' };
  const [headText = '', tailText] = halves;
  const isHeadLast = tailText === undefined;
  const head = readGroups(headText, isHeadLast);
  const tail = readGroups(tailText ?? '', true);
  if (isProblem(head)) return head;
  if (isProblem(tail)) return tail;
  const missing = 8 - head.length - tail.length;
  // RFC 5952, section 4.2.2 frowns on "::" for a single group, yet RFC 4291 lets it stand for one or more.
  if (isHeadLast ? missing !== 0 : missing < 1) return { problem: WHAT_IT_IS };
  const groups = [...head, ...new Array<number>(missing).fill(0), ...tail];
  return BigInt(`0x${groups.map((group) => group.toString(16).padStart(4, '0')).join('')}`);
}

/** Writes an unsigned 128-bit integer as IPv6 text in the canonical form of RFC 5952. */
export function formatIpv6(value: bigint): string {
  const groups: number[] = [];
  const low = BigInt.asUintN(64, value);
  for (const half of [value >> 64n, low]) {
    const high32 = Number(half >> 32n);
    const low32 = Number(half & 0xffffffffn);
    groups.push(high32 >>> 16, high32 & 0xffff, low32 >>> 16, low32 & 0xffff);
  }
  const [start, length] = longestZeroRun(groups);
  const words = groups.map((group) => group.toString(16));
  if (length < 2) return words.join(':');
  return `${words.slice(0, start).join(':')}::${words.slice(start + length).join(':')}`;
}

/** Groups of one side of the `::`; a dotted quad may stand for the last two. */
function readGroups(text: string, mayEndDotted: boolean): number[] | Problem {
  if (text === '') return [];
  const words = text.split(':');
  const groups: number[] = [];
  for (const [index, word] of words.entries()) {
    if (mayEndDotted && index === words.length - 1 && word.includes('.')) {
      const quad = readIpv4(word);
      if (isProblem(quad)) return quad;
      groups.push(quad >>> 16, quad & 0xffff);
    } else if (GROUP.test(word)) {
      groups.push(Number.parseInt(word, 16));
    } else {
      return { problem: WHAT_IT_IS };
    }
  }
  return groups;
}

/** Start and length of the longest run of zero groups, the first of equals (RFC 5952, section 4.2.3). */
function longestZeroRun(groups: readonly number[]): readonly [start: number, length: number] {
  let best: readonly [number, number] = [0, 0];
  let start = -1;
  for (const [index, group] of groups.entries()) {
    if (group !== 0) {
      start = -1;
      continue;
    }
    if (start === -1) start = index;
    if (index - start + 1 > best[1]) best = [start, index - start + 1];
  }
  return best;
}
