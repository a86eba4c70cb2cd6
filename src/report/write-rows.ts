import type { InventoryRecord } from '../model/inventory-record.js';
import type { RowFormat } from './row-format.js';

/** Text gathered before it is handed on: enough that handing costs little, and it fits in memory anywhere. */
const CHUNK_CHARACTERS = 64 * 1024;

/** Writes records that come one at a time, or many, piece by piece. */
export async function* writeRows(
  { empty, format, head, separator, tail }: RowFormat,
  records: AsyncIterable<InventoryRecord | readonly InventoryRecord[]>,
): AsyncGenerator<string> {
  let text = '';
  let isAny = false;
  for await (const some of records)
    for (const record of isMany(some) ? some : [some]) {
      text += isAny ? separator : head;
      text += format(record);
      isAny = true;
      if (text.length < CHUNK_CHARACTERS) continue;
      yield text;
      text = '';
    }
  const rest = isAny ? `${text}${tail}` : empty;
  if (rest !== '') yield rest;
}

function isMany(
  records: InventoryRecord | readonly InventoryRecord[],
): records is readonly InventoryRecord[] {
  return Array.isArray(records);
}
