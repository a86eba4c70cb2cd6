import { DerError } from './der-error.js';
import { startOfNumber } from './serial-number.js';

// Why no objects: lists of public CAs have hundreds of thousands of entries. They stay bytes; what is kept beside them
// is their offsets, grouped by a digest of the serial number. Grouping is a counting sort, so it takes two walks however
// the entries were chosen, and a list made to put all into one group costs one walk for each look-up, no more.

/** The entries of a revocation list, found by serial number. */
export interface CrlEntries {
  readonly count: number;
  /** The encodings of all entries with the serial number, given in its shortest form. */
  find(serialNumber: Uint8Array): readonly Uint8Array[];
}

const SEQUENCE = 0x30;
const INTEGER = 0x02;

/** The length of a SEQUENCE that nobody would read further takes four octets at most. */
const MAX_LENGTH_OCTETS = 4;

/** Groups: one for each entry of a large list, so that a group seldom holds more than two. */
const MAX_GROUPS = 2 ** 20;

/** Indexes the entries that lie one after another in `bytes`; throws DerError where they are malformed. */
export function readCrlEntries(bytes: Uint8Array): CrlEntries {
  let count = 0;
  for (let at = 0; at < bytes.length; count++) at = checkedEndOf(bytes, at);
  let groups = 1;
  while (groups < count && groups < MAX_GROUPS) groups *= 2;

  // First the sizes, then where each group ends, then, filling from the end, where it begins.
  const starts = new Uint32Array(groups + 1);
  for (let at = 0; at < bytes.length; at = endOf(bytes, at)) {
    const group = groupAt(bytes, at, groups);
    starts[group] = (starts[group] ?? 0) + 1;
  }
  for (let group = 1; group <= groups; group++)
    starts[group] = (starts[group] ?? 0) + (starts[group - 1] ?? 0);
  const offsets = new Uint32Array(count);
  for (let at = 0; at < bytes.length; at = endOf(bytes, at)) {
    const group = groupAt(bytes, at, groups);
    const place = (starts[group] ?? 0) - 1;
    starts[group] = place;
    offsets[place] = at;
  }

  return {
    count,
    find(serialNumber) {
      const group = digest(serialNumber, 0, serialNumber.length) & (groups - 1);
      const found: Uint8Array[] = [];
      for (let place = starts[group] ?? 0; place < (starts[group + 1] ?? 0); place++) {
        const at = offsets[place] ?? 0;
        if (hasSerialNumber(bytes, at, serialNumber)) found.push(bytes.subarray(at, endOf(bytes, at)));
      }
      return found;
    },
  };
}

/** Where the element after the one at `at` begins; only for elements that were checked. */
function endOf(bytes: Uint8Array, at: number): number {
  return contentStartOf(bytes, at) + contentLengthOf(bytes, at);
}

function contentStartOf(bytes: Uint8Array, at: number): number {
  const first = bytes[at + 1] ?? 0;
  return at + 2 + (first > 0x80 ? first & 0x7f : 0);
}

function contentLengthOf(bytes: Uint8Array, at: number): number {
  const first = bytes[at + 1] ?? 0;
  if (first < 0x80) return first;
  let length = 0;
  const contentStart = contentStartOf(bytes, at);
  for (let octet = at + 2; octet < contentStart; octet++) length = length * 256 + (bytes[octet] ?? 0);
  return length;
}

/** The end of the entry at `at`, once it is found to be a SEQUENCE that begins with an INTEGER and lies within `bytes`. */
function checkedEndOf(bytes: Uint8Array, at: number): number {
  const end = checkedElementEnd(bytes, at, bytes.length, SEQUENCE);
  const serial = contentStartOf(bytes, at);
  checkedElementEnd(bytes, serial, end, INTEGER);
  if (contentLengthOf(bytes, serial) === 0) throw malformed(at);
  return end;
}

function checkedElementEnd(bytes: Uint8Array, at: number, limit: number, tag: number): number {
  const first = bytes[at + 1] ?? 0;
  if (at + 2 > limit || bytes[at] !== tag || first === 0x80 || first > 0x80 + MAX_LENGTH_OCTETS)
    throw malformed(at);
  if (contentStartOf(bytes, at) > limit) throw malformed(at);
  const end = endOf(bytes, at);
  if (end > limit) throw malformed(at);
  return end;
}

function malformed(at: number): DerError {
  return new DerError(`the entry at byte ${at} of the list is malformed`);
}

function groupAt(bytes: Uint8Array, at: number, groups: number): number {
  const serial = contentStartOf(bytes, at);
  const end = endOf(bytes, serial);
  return digest(bytes, startOfNumber(bytes, contentStartOf(bytes, serial), end), end) & (groups - 1);
}

/** FNV-1a. */
function digest(bytes: Uint8Array, start: number, end: number): number {
  let value = 0x811c9dc5;
  for (let at = start; at < end; at++) value = Math.imul(value ^ (bytes[at] ?? 0), 0x01000193);
  return (value ^ (value >>> 15)) >>> 0;
}

function hasSerialNumber(bytes: Uint8Array, at: number, serialNumber: Uint8Array): boolean {
  const serial = contentStartOf(bytes, at);
  const end = endOf(bytes, serial);
  const start = startOfNumber(bytes, contentStartOf(bytes, serial), end);
  if (end - start !== serialNumber.length) return false;
  for (let octet = 0; octet < serialNumber.length; octet++) {
    if (bytes[start + octet] !== serialNumber[octet]) return false;
  }
  return true;
}
