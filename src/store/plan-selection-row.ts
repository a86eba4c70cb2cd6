import type { Kysely } from 'kysely';
import type { PlanSelection } from '../model/plan-selection.js';
import type { InventorySchema, PlanSelectionTable } from './schema.js';

/** Bytes of the longest varint: a plan has up to 2^48 entries, and a byte holds 7 bits of a distance with its sign. */
const MOST_VARINT_BYTES = 8;

/** Lays a selection out as columns. */
export function toPlanSelectionRow(selection: PlanSelection): Omit<PlanSelectionTable, 'run_id'> {
  return { first: encodeIndexes(selection.first), without: encodeIndexes(selection.without) };
}

/** Reads a selection. */
export function fromPlanSelectionRow(row: Omit<PlanSelectionTable, 'run_id'>): PlanSelection {
  return { first: decodeIndexes(row.first), without: decodeIndexes(row.without) };
}

/** Reads which part of its plan a run visits; null: all of it. */
export async function findPlanSelection(
  db: Kysely<InventorySchema>,
  run: string,
): Promise<PlanSelection | null> {
  const row = await db
    .selectFrom('plan_selection')
    .innerJoin('scan_run', 'scan_run.id', 'plan_selection.run_id')
    .select(['first', 'without'])
    .where('scan_run.uuid', '=', run)
    .executeTakeFirst();
  return row === undefined ? null : fromPlanSelectionRow(row);
}

/** Writes each number as its distance from the one before; numbers are too large for operators of bits. */
function encodeIndexes(indexes: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(indexes.length * MOST_VARINT_BYTES);
  let length = 0;
  let before = 0;
  for (const index of indexes) {
    const distance = index - before;
    // Small distances are short in both directions: 0, -1, 1, -2 ... become 0, 1, 2, 3 ...
    let rest = distance < 0 ? -2 * distance - 1 : 2 * distance;
    while (rest >= 128) {
      bytes[length++] = (rest % 128) + 128;
      rest = Math.floor(rest / 128);
    }
    bytes[length++] = rest;
    before = index;
  }
  return bytes.slice(0, length);
}

function decodeIndexes(bytes: Uint8Array): number[] {
  const indexes: number[] = [];
  let before = 0;
  let value = 0;
  let unit = 1;
  for (const byte of bytes) {
    value += (byte % 128) * unit;
    unit *= 128;
    if (byte >= 128) continue;
    before += value % 2 === 1 ? -(value + 1) / 2 : value / 2;
    indexes.push(before);
    value = 0;
    unit = 1;
  }
  return indexes;
}
