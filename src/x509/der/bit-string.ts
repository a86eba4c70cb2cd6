import { contentOf, type DerElement, requireTag, TAG } from '../der.js';
import { DerError } from '../der-error.js';

/** The content of a BIT STRING. */
export interface BitString {
  readonly bytes: Uint8Array;
  /** Bits at the end of the last byte that do not count: 0 to 7. */
  readonly unusedBits: number;
}

/** Reads a BIT STRING (X.690, section 8.6). */
export function readBitString(element: DerElement | undefined, what: string): BitString {
  const content = contentOf(requireTag(element, TAG.bitString, what));
  const unusedBits = content[0];
  if (unusedBits === undefined) throw new DerError(`${what} is a BIT STRING without content`);
  const bytes = content.subarray(1);
  if (unusedBits > 7 || (unusedBits > 0 && bytes.length === 0)) {
    throw new DerError(`${what} claims ${unusedBits} unused bits in ${bytes.length} octets`);
  }
  return { bytes, unusedBits };
}

/** Reads a BIT STRING that must consist of whole bytes: a key or a signature. Unused bits are noted. */
export function readBitStringBytes(element: DerElement | undefined, what: string): Uint8Array {
  const { bytes, unusedBits } = readBitString(element, what);
  if (unusedBits > 0) element?.source.oddities.add(`${what} has ${unusedBits} unused bits`);
  return bytes;
}

/** Whether the bit is set; bit 0 is the first (X.680, section 22). */
export function isBitSet({ bytes, unusedBits }: BitString, bit: number): boolean {
  if (bit >= bytes.length * 8 - unusedBits) return false;
  return (((bytes[bit >> 3] ?? 0) >> (7 - (bit & 7))) & 1) === 1;
}
