import { type DerElement, requireTag, TAG } from '../der.js';
import { DerError } from '../der-error.js';

/** Object identifiers of certificate templates take some forty octets; more than this is noise. */
const MAX_OID_OCTETS = 128;

/** Reads an OBJECT IDENTIFIER as dotted text; `what` names it in the error. */
export function readOid(element: DerElement | undefined, what: string): string {
  return decodeOid(requireTag(element, TAG.oid, what), what);
}

/** Decodes the content of an OBJECT IDENTIFIER, whatever its tag (X.690, section 8.19). */
export function decodeOid({ source: { bytes }, contentStart, contentEnd }: DerElement, what: string): string {
  const octets = contentEnd - contentStart;
  if (octets === 0 || octets > MAX_OID_OCTETS)
    throw new DerError(`${what} has an identifier of ${octets} octets`);
  let text = '';
  let arc: number | bigint = 0;
  let isInside = false;
  for (let at = contentStart; at < contentEnd; at++) {
    const octet: number = bytes[at] ?? 0;
    // Seven more bits must fit in a safe integer; arcs made of UUIDs do not.
    arc =
      typeof arc === 'number' && arc < 2 ** 46
        ? arc * 128 + (octet & 0x7f)
        : BigInt(arc) * 128n + BigInt(octet & 0x7f);
    isInside = octet >= 0x80;
    if (isInside) continue;
    text += text === '' ? splitFirstArcs(arc) : `.${arc}`;
    arc = 0;
  }
  if (isInside) throw new DerError(`${what} has an identifier that ends early`);
  return text;
}

/** X.690, section 8.19.4: the first two arcs share one number. */
function splitFirstArcs(both: number | bigint): string {
  if (both < 40) return `0.${both}`;
  if (both < 80) return `1.${Number(both) - 40}`;
  return `2.${BigInt(both) - 80n}`;
}
