import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { findFormat } from '../../report/find-format.js';
import { selectColumns } from '../../report/select-columns.js';
import { RecordReader } from '../../store/record-reader.js';
import type { ExportAnswer, ExportOrder, ExportStart } from './export-order.js';
import { RowWindow } from './row-window.js';

/** Where the thread of a worker begins. */
export const EXPORT_WORKER = new URL(import.meta.url);

/** Marks what such a thread is sent, as this module is also loaded by those who start one. */
export const EXPORT_WORKER_TASK = 'certsweep: export';

/** Writes records as it is told, until the thread is ended. */
function work(port: MessagePort, { columns, format: name, now, path, query }: ExportStart): void {
  const rows = findFormat(name).rows?.({ now, ...(columns && { columns: selectColumns(columns.join()) }) });
  if (rows === undefined) throw new Error(`${name} does not write records one by one`);
  const reader = new RecordReader(path, query);
  const window = new RowWindow(reader, rows);
  const waiting: Float64Array[] = [];
  let open: Generator<Buffer<ArrayBuffer>> | undefined;

  port.on('message', (order: ExportOrder) => {
    try {
      obey(order);
    } catch (error) {
      const { message, name } = error instanceof Error ? error : new Error(String(error));
      answer({ kind: 'failed', name, message });
      reader.close();
      port.close();
    }
  });

  function obey(order: ExportOrder): void {
    if (order.kind === 'begin') {
      reader.begin();
      answer({ kind: 'begun' });
    } else if (order.kind === 'write') {
      waiting.push(order.ids);
      if (open === undefined) goOn();
    } else goOn();
  }

  /** Writes the next piece, or as much as there is of what is waiting. */
  function goOn(): void {
    const ids = open === undefined ? waiting.shift() : undefined;
    if (ids) open = window.write(ids);
    const next = open?.next();
    if (next === undefined) return;
    if (!next.done) answer({ kind: 'piece', bytes: next.value }, [next.value.buffer]);
    else {
      open = undefined;
      answer({ kind: 'end' });
      goOn();
    }
  }

  function answer(message: ExportAnswer, transfer: ArrayBuffer[] = []): void {
    port.postMessage(message, transfer);
  }
}

if (parentPort && workerData?.is === EXPORT_WORKER_TASK) work(parentPort, workerData.start);
