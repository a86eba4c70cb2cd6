import type { NaturalEntry } from '../../store/view-entry.js';

/** Compares the natural keys of two entries as the inventory orders them: bytes and numbers, texts by their UTF-8. */
export function compareNaturalEntries(one: NaturalEntry, other: NaturalEntry): number {
  return (
    compareHex(one.address, other.address) ||
    one.port - other.port ||
    compareTexts(one.protocol, other.protocol) ||
    compareTexts(one.serverName, other.serverName) ||
    compareTexts(one.host, other.host)
  );
}

/** Digits come in the order of the bytes that they stand for. */
function compareHex(one: string, other: string): number {
  return one === other ? 0 : one < other ? -1 : 1;
}

function compareTexts(one: string, other: string): number {
  return one === other ? 0 : Buffer.compare(Buffer.from(one), Buffer.from(other));
}
