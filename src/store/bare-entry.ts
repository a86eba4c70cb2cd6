/** Bytes of an entry: one of the address, three of the time. */
const ENTRY_BYTES = 4;

/** A tenth of a second: three bytes of them are 19 days, more than a scan takes. */
const TIME_UNIT_MS = 100;

/** What three bytes hold. */
const MOST_UNITS = 0xff_ffff;

/**
 * Addresses in a block: its 128 entries fit into the page of a row, where those of 256 would each spill half a kilobyte
 * to a page of its own.
 */
const BLOCK_ADDRESSES = 128;

const IPV4_BYTES = 4;
const IPV6_BYTES = 16;

/** An entry, apart from its block. */
export interface BareEntry {
  /** The last byte of the address. */
  readonly last: number;
  /** Milliseconds since 1970, UTC. */
  readonly observedAt: number;
}

/** The block that an address (4 or 16 bytes) belongs to; null: it is none that can be packed. */
export function blockOfBareEntry(address: Uint8Array): Uint8Array | null {
  const { length } = address;
  if (length !== IPV4_BYTES && length !== IPV6_BYTES) return null;
  if (lastByte(address) < BLOCK_ADDRESSES) return address.subarray(0, length - 1);
  const block = address.slice();
  block[length - 1] = BLOCK_ADDRESSES;
  return block;
}

/** The address of an entry of a block. */
export function addressOfBareEntry(block: Uint8Array, last: number): Buffer {
  const length = block.length <= IPV4_BYTES ? IPV4_BYTES : IPV6_BYTES;
  const address = Buffer.alloc(length);
  address.set(block);
  address[length - 1] = last;
  return address;
}

/** Packs when an address of a block was observed; null: too long after the start of its run, or before it. */
export function encodeBareEntry(address: Uint8Array, startedAt: number, observedAt: number): Buffer | null {
  const units = Math.floor((observedAt - startedAt) / TIME_UNIT_MS);
  if (!(units >= 0 && units <= MOST_UNITS)) return null;
  const entry = Buffer.allocUnsafe(ENTRY_BYTES);
  entry.writeUInt32BE(lastByte(address) * (MOST_UNITS + 1) + units);
  return entry;
}

/** Unpacks the entries of a block. */
export function decodeBareEntries(entries: Buffer, startedAt: number): BareEntry[] {
  return Array.from({ length: entries.length / ENTRY_BYTES }, (_, index) => {
    const packed = entries.readUInt32BE(index * ENTRY_BYTES);
    return { last: packed >>> 24, observedAt: startedAt + (packed & MOST_UNITS) * TIME_UNIT_MS };
  });
}

/** Whether an entry is among others. */
export function hasBareEntry(entries: Buffer, entry: Buffer): boolean {
  for (let at = entries.indexOf(entry); at !== -1; at = entries.indexOf(entry, at + 1))
    if (at % ENTRY_BYTES === 0) return true;
  return false;
}

/** Parts entries: those of one address, by its last byte, and all others. */
export function splitBareEntries(entries: Buffer, last: number): readonly [own: Buffer, others: Buffer] {
  const own: Buffer[] = [];
  const others: Buffer[] = [];
  for (let at = 0; at < entries.length; at += ENTRY_BYTES)
    (entries[at] === last ? own : others).push(entries.subarray(at, at + ENTRY_BYTES));
  return [Buffer.concat(own), Buffer.concat(others)];
}

/** Parts entries: those of endpoints that have rows, told by the last byte of the address, and all others. */
export function splitSpokenEntries(
  entries: Buffer,
  spoken: { has(last: number): boolean },
): readonly [own: Buffer, others: Buffer] {
  const own: Buffer[] = [];
  const others: Buffer[] = [];
  for (let at = 0; at < entries.length; at += ENTRY_BYTES)
    (spoken.has(entries[at] ?? 0) ? own : others).push(entries.subarray(at, at + ENTRY_BYTES));
  if (own.length === 0) return [EMPTY, entries];
  return others.length === 0 ? [entries, EMPTY] : [Buffer.concat(own), Buffer.concat(others)];
}

const EMPTY = Buffer.alloc(0);

/** Entries as numbers, so that sets of them can be made. */
export function listBareEntries(entries: Buffer): number[] {
  return Array.from({ length: entries.length / ENTRY_BYTES }, (_, index) =>
    entries.readUInt32BE(index * ENTRY_BYTES),
  );
}

/** Writes what `listBareEntries` has read. */
export function joinBareEntries(entries: readonly number[]): Buffer {
  const bytes = Buffer.alloc(entries.length * ENTRY_BYTES);
  for (const [index, entry] of entries.entries()) bytes.writeUInt32BE(entry, index * ENTRY_BYTES);
  return bytes;
}

/** Entries without one of them. */
export function withoutBareEntry(entries: Buffer, entry: Buffer): Buffer {
  const rest: Buffer[] = [];
  for (let at = 0; at < entries.length; at += ENTRY_BYTES) {
    const each = entries.subarray(at, at + ENTRY_BYTES);
    if (!each.equals(entry)) rest.push(each);
  }
  return Buffer.concat(rest);
}

/** Entries in a row, in SQL. */
export const BARE_ENTRY_COUNT_SQL = `length(entries) / ${ENTRY_BYTES}`;

function lastByte(address: Uint8Array): number {
  return address[address.length - 1] ?? 0;
}
