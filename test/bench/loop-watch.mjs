// Loaded by Node.js before a program (NODE_OPTIONS=--import), in each of its threads: writes how long the event loop kept
// others waiting, again and again, as threads may end without a word. The folder is in CERTSWEEP_BENCH_LOOPS.
import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { threadId } from 'node:worker_threads';

const RESOLUTION_MS = 5;
const WRITE_MS = 500;

const folder = process.env.CERTSWEEP_BENCH_LOOPS;
if (folder !== undefined) {
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delay.enable();
  setInterval(() => {
    const file = join(folder, `${threadId}.json`);
    const told = { threadId, p99Ms: delay.percentile(99) / 1e6, maxMs: delay.max / 1e6, count: delay.count };
    writeFileSync(`${file}.new`, JSON.stringify(told));
    renameSync(`${file}.new`, file);
  }, WRITE_MS).unref();
}
