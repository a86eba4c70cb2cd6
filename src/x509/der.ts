import { DerError } from './der-error.js';

// Why own code: parsing is the inner loop of judging, and a library that builds a tree of objects costs several times
// what node:crypto does. An element here is five numbers over the bytes as received; nothing is copied or decoded until
// somebody asks. Why tolerant: devices send BER where DER is due, and the inventory is there to list them too; every
// departure is noted in the source's oddities. Nothing recurses on what a peer sent.

/** The bytes that elements point into, and what was found odd while reading them. */
export interface DerSource {
  readonly bytes: Uint8Array;
  /** The same memory, for decoding text. */
  readonly buffer: Buffer;
  /** A sentence each; filled by whoever reads. */
  readonly oddities: Set<string>;
}

/** One tag-length-value triple as offsets into its source. */
export interface DerElement {
  readonly source: DerSource;
  /** The identifier octet, with class and constructed bit. */
  readonly tag: number;
  readonly start: number;
  readonly contentStart: number;
  readonly contentEnd: number;
  /** Differs from `contentEnd` where the length is indefinite. */
  readonly end: number;
}

/** Identifier octets that certificates are made of (X.690, section 8). */
export const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  oid: 0x06,
  utf8String: 0x0c,
  numericString: 0x12,
  printableString: 0x13,
  t61String: 0x14,
  ia5String: 0x16,
  utcTime: 0x17,
  generalizedTime: 0x18,
  visibleString: 0x1a,
  universalString: 0x1c,
  bmpString: 0x1e,
  sequence: 0x30,
  set: 0x31,
} as const;

/** Four octets count to 4 GiB: more than any message or file that is read into memory. */
const MAX_LENGTH_OCTETS = 4;

/** Certificates with thousands of names have some ten thousand elements in one list; millions are an attack. */
const MAX_CHILDREN = 65_536;

/** Indefinite lengths within indefinite lengths: a PKCS#7 bundle nests five. */
const MAX_INDEFINITE_DEPTH = 32;

/** Reads the element that the bytes begin with; what follows it is noted as an oddity. */
export function readDer(bytes: Uint8Array): DerElement {
  const { buffer: memory, byteOffset, byteLength } = bytes;
  const source: DerSource = {
    bytes: new Uint8Array(memory, byteOffset, byteLength),
    buffer: Buffer.from(memory, byteOffset, byteLength),
    oddities: new Set(),
  };
  const element = readElement(source, 0, byteLength);
  noteTrailing(source, byteLength - element.end);
  return element;
}

/** Reads the elements that a constructed element consists of. */
export function readChildren(parent: DerElement): readonly DerElement[] {
  const children: DerElement[] = [];
  for (let position = parent.contentStart; position < parent.contentEnd; ) {
    if (children.length === MAX_CHILDREN)
      throw new DerError(`more than ${MAX_CHILDREN} elements in one list`);
    const child = readElement(parent.source, position, parent.contentEnd);
    children.push(child);
    position = child.end;
  }
  return children;
}

/** Reads the one element that an explicit tag or an OCTET STRING wraps, after `skip` octets of content. */
export function readWrapped(wrapper: DerElement, skip = 0): DerElement {
  const element = readElement(wrapper.source, wrapper.contentStart + skip, wrapper.contentEnd);
  noteTrailing(wrapper.source, wrapper.contentEnd - element.end);
  return element;
}

/** Returns the element if it is there and has the tag; `what` names it in the error. */
export function requireTag(element: DerElement | undefined, tag: number, what: string): DerElement {
  if (element === undefined) throw new DerError(`${what} is missing`);
  if (element.tag !== tag) {
    throw new DerError(`${what} has tag ${formatTag(element.tag)}, expected ${formatTag(tag)}`);
  }
  return element;
}

/** The bytes between an element's length and its end, as a view. */
export function contentOf(element: DerElement): Uint8Array {
  return element.source.bytes.subarray(element.contentStart, element.contentEnd);
}

/** The whole element with tag and length, as a view. */
export function encodingOf(element: DerElement): Uint8Array {
  return element.source.bytes.subarray(element.start, element.end);
}

function readElement(source: DerSource, start: number, limit: number): DerElement {
  const { bytes } = source;
  const tag = bytes[start];
  const first = bytes[start + 1];
  if (start + 2 > limit || tag === undefined || first === undefined) throw truncated(start);
  // X.690, section 8.1.2.4: no certificate has tag numbers above 30.
  if ((tag & 0x1f) === 0x1f) throw new DerError(`multi-byte tag at byte ${start}`);
  let contentStart = start + 2;
  let length = first;
  if (first === 0x80) return readIndefinite(source, tag, start, limit);
  if (first > 0x80) {
    const octets = first & 0x7f;
    if (octets > MAX_LENGTH_OCTETS) throw new DerError(`length of ${octets} octets at byte ${start}`);
    contentStart += octets;
    if (contentStart > limit) throw truncated(start);
    length = 0;
    for (let at = start + 2; at < contentStart; at++) length = length * 256 + (bytes[at] ?? 0);
    // X.690, section 10.1: DER has the shortest form only.
    if (length < 0x80 || bytes[start + 2] === 0)
      source.oddities.add('a length is not in its shortest form (BER)');
  }
  const end = contentStart + length;
  if (end > limit) throw truncated(start);
  return { source, tag, start, contentStart, contentEnd: end, end };
}

/** X.690, section 8.1.3.6: the content runs up to two zero octets. */
function readIndefinite(source: DerSource, tag: number, start: number, limit: number): DerElement {
  if ((tag & 0x20) === 0) throw new DerError(`indefinite length of a primitive element at byte ${start}`);
  source.oddities.add('an indefinite length is used (BER)');
  const { bytes } = source;
  let depth = 1;
  let position = start + 2;
  while (position + 2 <= limit) {
    if (bytes[position] === 0 && bytes[position + 1] === 0) {
      depth--;
      position += 2;
      if (depth === 0) {
        return { source, tag, start, contentStart: start + 2, contentEnd: position - 2, end: position };
      }
    } else if (bytes[position + 1] === 0x80) {
      depth++;
      position += 2;
      if (depth > MAX_INDEFINITE_DEPTH)
        throw new DerError(`more than ${MAX_INDEFINITE_DEPTH} nested indefinite lengths`);
    } else {
      position = readElement(source, position, limit).end;
    }
  }
  throw truncated(start);
}

function noteTrailing(source: DerSource, count: number): void {
  if (count > 0)
    source.oddities.add(`${count} ${count === 1 ? 'byte follows' : 'bytes follow'} the end of the data`);
}

function truncated(start: number): DerError {
  return new DerError(`the element at byte ${start} ends early`);
}

function formatTag(tag: number): string {
  return `0x${tag.toString(16).padStart(2, '0')}`;
}
