import { contentOf, type DerElement, requireTag } from '../der.js';
import { DerError } from '../der-error.js';

const ENUMERATED = 0x0a;

/** Reads an ENUMERATED of one octet: none that we meet has larger numbers. */
export function readEnumerated(element: DerElement | undefined, what: string): number {
  const content = contentOf(requireTag(element, ENUMERATED, what));
  const [value] = content;
  if (value === undefined || content.length !== 1) {
    throw new DerError(`${what} is an enumeration of ${content.length} octets`);
  }
  return value;
}
