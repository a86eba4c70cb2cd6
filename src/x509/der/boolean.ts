import { type DerElement, requireTag, TAG } from '../der.js';
import { DerError } from '../der-error.js';

/** Reads a BOOLEAN; any octet but zero is true (X.690, section 8.2.2), though DER has 0xFF only. */
export function readBoolean(element: DerElement | undefined, what: string): boolean {
  const { source, contentStart, contentEnd } = requireTag(element, TAG.boolean, what);
  if (contentEnd - contentStart !== 1)
    throw new DerError(`${what} is a BOOLEAN of ${contentEnd - contentStart} octets`);
  const octet = source.bytes[contentStart] ?? 0;
  // X.690, section 11.1.
  if (octet !== 0 && octet !== 0xff) source.oddities.add(`${what} is true in a form other than 0xFF`);
  return octet !== 0;
}
