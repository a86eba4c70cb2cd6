import type { Problem } from './problem.js';

const DOTTED_QUAD = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/;
const ORDINALS = ['first', 'second', 'third', 'last'] as const;

/** Reads a dotted quad (RFC 6943, section 3.1.1: the strict form) as an unsigned 32-bit number. */
export function readIpv4(text: string): number | Problem {
  const match = DOTTED_QUAD.exec(text);
  if (match === null) return { problem: `is no address: ${countProblem(text)}` };
  let value = 0;
  for (let index = 1; index <= 4; index += 1) {
    const digits = match[index] ?? '';
    const octet = Number(digits);
    const ordinal = ORDINALS[index - 1];
    if (octet > 255) return { problem: `is no address: the ${ordinal} octet is above 255` };
    // RFC 6943, section 3.1.1: some programs read 010 as eight, others as ten.
    if (digits.length > 1 && digits.startsWith('0')) {
      return { problem: `is ambiguous: write the ${ordinal} octet without leading zero, as ${octet}` };
    }
    value = value * 256 + octet;
  }
  return value;
}

/** Writes an unsigned 32-bit number as a dotted quad. */
export function formatIpv4(value: number): string {
  return `${value >>> 24}.${(value >>> 16) & 255}.${(value >>> 8) & 255}.${value & 255}`;
}

function countProblem(text: string): string {
  const octets = text.split('.');
  if (octets.length === 1 && /^\d+$/.test(text)) {
    return 'it is a bare number; a port follows its host, as in 192.0.2.1:443';
  }
  if (octets.length !== 4) return `an IPv4 address has four octets, this has ${octets.length}`;
  const empty = octets.indexOf('');
  if (empty !== -1) return `the ${ORDINALS[empty]} octet is missing`;
  const long = octets.findIndex((octet) => octet.length > 3);
  return long === -1 ? 'an octet is a number from 0 to 255' : `the ${ORDINALS[long]} octet is above 255`;
}
