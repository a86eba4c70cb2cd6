import type { AddressRange } from '../../model/target.js';
import { ipv4ShapeOf } from '../ipv4-shape.js';
import { isProblem, type Problem } from '../problem.js';
import type { TargetSyntax } from '../target-syntax.js';

/**
 * Separate stretches of addresses that one word may mean, at some 250 bytes each: 60 MB. `10-13.*.*.1` is as many;
 * one address in each /24 of the whole Internet would be 64 times that.
 */
const MAX_STRETCHES = 262_144;
const ORDINALS = ['first', 'second', 'third', 'last'] as const;
const OCTET = /^(?:\*|(\d{1,3})(?:-(\d{1,3}))?)$/;

interface OctetBounds {
  readonly low: number;
  readonly high: number;
}

/** An IPv4 address whose octets may be ranges. */
export const octetRange: TargetSyntax = {
  name: 'octet range',
  example: '10.0.0-3.1-254',
  description: 'All IPv4 addresses whose octets lie in the ranges given; "*" is 0-255.',
  parse({ hosts, port }) {
    if (hosts.includes('/') || ipv4ShapeOf(hosts) !== 'octet-range') return null;
    const octets = hosts.split('.');
    if (octets.length !== 4) {
      return { problem: `is no address range: an IPv4 address has four octets, this has ${octets.length}` };
    }
    const bounds: OctetBounds[] = [];
    for (const [index, text] of octets.entries()) {
      const octet = readOctet(text, ORDINALS[index] ?? '');
      if (isProblem(octet)) return octet;
      bounds.push(octet);
    }
    const stretches = stretchesOf(bounds);
    return isProblem(stretches) ? stretches : { hosts: stretches, port, serverName: null };
  },
};

function readOctet(text: string, ordinal: string): OctetBounds | Problem {
  const match = OCTET.exec(text);
  if (match === null) {
    return { problem: `is no address range: the ${ordinal} octet is not like 7, 1-254 or *` };
  }
  const [, lowText = '0', highText = text === '*' ? '255' : lowText] = match;
  for (const digits of [lowText, highText]) {
    if (Number(digits) > 255) return { problem: `is no address range: the ${ordinal} octet is above 255` };
    if (digits.length > 1 && digits.startsWith('0')) {
      return {
        problem: `is ambiguous: write the ${ordinal} octet without leading zero, as ${Number(digits)}`,
      };
    }
  }
  const [low, high] = [Number(lowText), Number(highText)];
  if (high >= low) return { low, high };
  return { problem: `is no address range: the ${ordinal} octet ends before it begins, write ${high}-${low}` };
}

/** Joins whole octets at the end into longer stretches, and lists one stretch for each choice of the others. */
function stretchesOf(bounds: readonly OctetBounds[]): AddressRange[] | Problem {
  let inner = 3;
  while (inner > 0 && isWhole(bounds[inner])) inner -= 1;
  const outer = bounds.slice(0, inner);
  const count = outer.reduce((product, { low, high }) => product * (high - low + 1), 1);
  if (count > MAX_STRETCHES) {
    return {
      problem: `means ${count.toLocaleString('en-US')} separate stretches of addresses, more than ${MAX_STRETCHES.toLocaleString('en-US')}: use narrower octets to the left`,
    };
  }
  let prefixes = [0];
  for (const { low, high } of outer) {
    const longer: number[] = [];
    for (const prefix of prefixes) {
      for (let octet = low; octet <= high; octet += 1) longer.push(prefix * 256 + octet);
    }
    prefixes = longer;
  }
  const { low = 0, high = 255 } = bounds[inner] ?? {};
  const size = 256 ** (3 - inner);
  return prefixes.map((prefix) => ({
    family: 4,
    first: BigInt((prefix * 256 + low) * size),
    last: BigInt((prefix * 256 + high + 1) * size - 1),
  }));
}

function isWhole(bounds: OctetBounds | undefined): boolean {
  return bounds?.low === 0 && bounds.high === 255;
}
