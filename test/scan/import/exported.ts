import type { InventoryRecord } from '../../../src/model/inventory-record.js';
import { findFormat } from '../../../src/report/find-format.js';
import type { Inventory } from '../../../src/store/inventory.js';

/** What `certsweep export` writes of an inventory, all outcomes included. */
export async function exportText(
  inventory: Inventory,
  format: 'csv' | 'ndjson',
  options: { readonly bom?: boolean; readonly withOutcomes?: boolean } = {},
): Promise<string> {
  const records: AsyncIterable<InventoryRecord> = inventory.records({
    withOutcomes: options.withOutcomes ?? true,
  });
  const pieces: string[] = [];
  const exporting = { now: new Date('2026-11-22T12:00:00Z'), bom: options.bom ?? false };
  for await (const piece of findFormat(format).write(records, exporting)) pieces.push(String(piece));
  return pieces.join('');
}
