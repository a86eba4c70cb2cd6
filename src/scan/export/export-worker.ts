import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { findFormat } from '../../report/find-format.js';
import { selectColumns } from '../../report/select-columns.js';
import { RecordReader } from '../../store/record-reader.js';
import type { ExportAnswer, ExportOrder, ExportStart } from './export-order.js';
import { RowWindow } from './row-window.js';
import { writeShare } from './write-share.js';

/** Where the thread of a worker begins. */
export const EXPORT_WORKER = new URL(import.meta.url);

/** Marks what such a thread is sent, as this module is also loaded by those who start one. */
export const EXPORT_WORKER_TASK = 'certsweep: export';

/** Puts rows aside as it is told, until the thread is ended. */
function work(port: MessagePort, { columns, format: name, now, path, query }: ExportStart): void {
  const rows = findFormat(name).rows?.({ now, ...(columns && { columns: selectColumns(columns.join()) }) });
  if (rows === undefined) throw new Error(`${name} does not write records one by one`);
  const reader = new RecordReader(path, query);
  const window = new RowWindow(reader, rows, { reusesPieces: true });
  let homes: Uint32Array | null = null;

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
      // There is time for it while endpoints are put into order elsewhere.
      homes = reader.homes();
      return;
    }
    for (const run of writeShare(window, homes, order.share)) {
      if (run === null) {
        answer({ kind: 'full' });
        return;
      }
      answer({ kind: 'run', run });
    }
    answer({ kind: 'end' });
  }

  function answer(message: ExportAnswer): void {
    port.postMessage(message);
  }
}

if (parentPort && workerData?.is === EXPORT_WORKER_TASK) work(parentPort, workerData.start);
