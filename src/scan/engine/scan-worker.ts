import { parentPort, workerData } from 'node:worker_threads';
import { work } from './work.js';
import type { WorkerStart } from './worker-message.js';

/** Where the thread of a worker begins. */
export const SCAN_WORKER = new URL(import.meta.url);

/** Marks what such a thread is sent, as this module is also loaded by those who start one. */
export const SCAN_WORKER_TASK = 'certsweep: scan';

if (parentPort && workerData?.is === SCAN_WORKER_TASK) {
  const start: WorkerStart = workerData.start;
  await work(parentPort, start, { now: () => new Date() });
}
