import { contentOf, type DerElement, readChildren, TAG } from '../der.js';
import { DerError } from '../der-error.js';

/** Set in the identifier octet of an element that consists of others. */
const CONSTRUCTED = 0x20;

/** BER may cut a string into pieces, and those again; no software goes deeper than two. */
const MAX_DEPTH = 4;

/**
 * Reads an OCTET STRING, whole or in pieces as BER allows (X.690, section 8.7.3). `tag` is another one where the string
 * is implicitly tagged.
 */
export function readOctetString(
  element: DerElement | undefined,
  what: string,
  tag: number = TAG.octetString,
): Uint8Array {
  if (element?.tag === tag) return contentOf(element);
  if (element?.tag !== (tag | CONSTRUCTED)) throw new DerError(`${what} is no OCTET STRING`);
  element.source.oddities.add(`${what} is in pieces (BER)`);
  return Buffer.concat(listPieces(element, what, 1));
}

function listPieces(element: DerElement, what: string, depth: number): Uint8Array[] {
  if (depth > MAX_DEPTH) throw new DerError(`${what} is in pieces within pieces`);
  return readChildren(element).flatMap((piece) => {
    if (piece.tag === TAG.octetString) return [contentOf(piece)];
    if (piece.tag !== (TAG.octetString | CONSTRUCTED))
      throw new DerError(`${what} has a piece of another kind`);
    return listPieces(piece, what, depth + 1);
  });
}
