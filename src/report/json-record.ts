import type { InventoryRecord } from '../model/inventory-record.js';
import type { ObservationRecord } from '../model/observation-record.js';
import type { RowOptions } from './row-format.js';

/**
 * Writes a record as one line of JSON: the same that a scan writes or, when columns were chosen, an object of those
 * with values as they are.
 */
export function formatJsonRecord(record: InventoryRecord, { columns, now }: RowOptions): string {
  if (columns)
    return JSON.stringify(
      Object.fromEntries(columns.map((column) => [column.id, column.value(record, now)])),
    );
  const { firstSeen, lastScan, lastSeen, state, stateSince, owner, tags, notes, unused, ...observation } =
    record;
  return JSON.stringify(observation satisfies ObservationRecord);
}
