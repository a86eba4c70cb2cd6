/**
 * How long the event loops of a scan keep others waiting: that of the main thread, which stores, and those of the workers.
 *
 *     npm run bench -- loop [endpoints]
 */
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loopbackRange } from './loopback-range.js';
import { startNginx } from './nginx.js';
import { printLine, printTitle } from './print-line.js';
import { runScan } from './run-scan.js';
import { withFolder } from './with-folder.js';

const IN_FLIGHT = 200;

/** What a thread told of its loop. */
interface LoopDelay {
  readonly threadId: number;
  readonly p99Ms: number;
  readonly maxMs: number;
  readonly count: number;
}

const [endpoints = '32768'] = process.argv.slice(2);
const count = Number(endpoints);
await withFolder(async (folder) => {
  const loops = join(folder, 'loops');
  mkdirSync(loops);
  const nginx = await startNginx(folder, 'ssl_protocols TLSv1.2 TLSv1.3;');
  try {
    printTitle(`event loops, nginx, ${count} endpoints, ${IN_FLIGHT} in flight`);
    await runScan({
      folder,
      args: [loopbackRange(count), '-p', `${nginx.port}/tls`, '--concurrency', `${IN_FLIGHT}`],
      env: {
        NODE_OPTIONS: `--import=${new URL('loop-watch.mjs', import.meta.url).href}`,
        CERTSWEEP_BENCH_LOOPS: loops,
      },
    });
  } finally {
    await nginx.close();
  }
  for (const file of readdirSync(loops).sort()) {
    const loop: LoopDelay = JSON.parse(readFileSync(join(loops, file), 'utf8'));
    printLine({
      what: `${loop.threadId === 0 ? 'main thread' : `worker ${loop.threadId}`}, p99 of the delay`,
      target: '50 ms',
      measured: `${loop.p99Ms.toFixed(0)} ms (the longest ${loop.maxMs.toFixed(0)} ms, of ${loop.count})`,
    });
  }
});
