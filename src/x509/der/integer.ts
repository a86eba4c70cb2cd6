import { contentOf, type DerElement, requireTag, TAG } from '../der.js';
import { DerError } from '../der-error.js';

/** Reads the bytes of an INTEGER as encoded: big-endian two's complement. */
export function readInteger(element: DerElement | undefined, what: string): Uint8Array {
  const integer = requireTag(element, TAG.integer, what);
  const bytes = contentOf(integer);
  const [first, second] = bytes;
  if (first === undefined) throw new DerError(`${what} is an INTEGER without content`);
  // X.690, section 8.3.2.
  if (second !== undefined && ((first === 0 && second < 0x80) || (first === 0xff && second >= 0x80))) {
    integer.source.oddities.add(`${what} is not in its shortest form`);
  }
  return bytes;
}

/** Reads an INTEGER that must be positive, without leading zero octets: the modulus of a key, say. */
export function readUnsignedInteger(element: DerElement | undefined, what: string): Uint8Array {
  const bytes = readInteger(element, what);
  if ((bytes[0] ?? 0) >= 0x80) throw new DerError(`${what} is negative`);
  return withoutLeadingZeros(bytes);
}

/** Reads an INTEGER that is a count. */
export function readSmallInteger(element: DerElement | undefined, what: string): number {
  const bytes = readUnsignedInteger(element, what);
  // Six octets stay within a double's exact integers.
  if (bytes.length > 6) throw new DerError(`${what} is too large a number`);
  let value = 0;
  for (const byte of bytes) value = value * 256 + byte;
  return value;
}

/** Counts the bits of an unsigned big-endian number without leading zero octets. */
export function countBits(bytes: Uint8Array): number {
  const first = bytes[0];
  return first === undefined ? 0 : bytes.length * 8 - (Math.clz32(first) - 24);
}

function withoutLeadingZeros(bytes: Uint8Array): Uint8Array {
  let zeros = 0;
  while (zeros < bytes.length && bytes[zeros] === 0) zeros++;
  return zeros === 0 ? bytes : bytes.subarray(zeros);
}
