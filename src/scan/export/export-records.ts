import { setImmediate } from 'node:timers/promises';
import type { InventoryRecord } from '../../model/inventory-record.js';
import type { ExportFormat, ExportOptions } from '../../report/export-format.js';
import type { RowFormat } from '../../report/row-format.js';
import { writeRows } from '../../report/write-rows.js';
import type { Inventory } from '../../store/inventory.js';
import { isOfCurrentRows } from '../../store/list-records.js';
import type { RecordQuery } from '../../store/record-query.js';
import { exportRows } from './export-rows.js';

/** What to export, and how. */
export interface RecordExport {
  readonly format: ExportFormat;
  readonly query: RecordQuery;
  readonly options: Omit<ExportOptions, 'certificateDer'>;
  /** Ends it; what it rejects with then is the signal's reason. */
  readonly signal?: AbortSignal;
}

/** Writes records of an inventory piece by piece; large ones on as many threads as pay. */
export async function* exportRecords(
  inventory: Inventory,
  { format, options, query, signal }: RecordExport,
): AsyncGenerator<string | Uint8Array> {
  const parts = format.reads?.(options.columns);
  const asked = { ...query, ...(parts && { parts }) };
  const rows = format.rows?.(options);
  if (rows && isOfCurrentRows(asked)) {
    const { columns, now } = options;
    const ids = columns?.map(({ id }) => id) ?? null;
    const start = { path: inventory.path, query: asked, format: format.name, columns: ids, now };
    yield* frame(rows, stopAt(exportRows({ start, rows }), signal));
    return;
  }
  const batches = stopAt(inventory.recordBatches(asked), signal);
  if (rows) yield* writeRows(rows, batches);
  else
    yield* format.write(flatten(batches), {
      ...options,
      certificateDer: (fingerprint) => inventory.certificateDer(fingerprint),
    });
}

/** Puts what comes before and behind around rows, in place of the first separator. */
async function* frame(
  { empty, head, separator, tail }: RowFormat,
  rows: AsyncIterable<Uint8Array>,
): AsyncGenerator<string | Uint8Array> {
  let isAny = false;
  for await (const bytes of rows) {
    if (bytes.length === 0) continue;
    if (!isAny) {
      yield head;
      yield bytes.subarray(Buffer.byteLength(separator));
      isAny = true;
    } else yield bytes;
  }
  yield isAny ? tail : empty;
}

async function* stopAt<Item>(
  items: AsyncIterable<Item>,
  signal: AbortSignal | undefined,
): AsyncGenerator<Item> {
  for await (const item of items) {
    // Some formats wait for nothing while they read: signals and others have their turn here.
    await setImmediate();
    signal?.throwIfAborted();
    yield item;
  }
}

async function* flatten(batches: AsyncIterable<readonly InventoryRecord[]>): AsyncGenerator<InventoryRecord> {
  for await (const batch of batches) yield* batch;
}
