/**
 * What a whole scan costs for each TLS endpoint (probe, parse, judge, store): with the hello engine in worker threads, and
 * with full handshakes in one thread. The start, that of the workers too, is taken apart by a scan of one endpoint.
 *
 *     npm run bench -- scan [endpoints]
 */
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { chooseWorkers } from '../../src/scan/engine/choose-workers.js';
import { loopbackRange } from './loopback-range.js';
import { startNginx } from './nginx.js';
import { printLine, printTitle } from './print-line.js';
import { runScan } from './run-scan.js';
import { withFolder } from './with-folder.js';

const SETUPS = ['ssl_protocols TLSv1.2 TLSv1.3;', 'ssl_protocols TLSv1.3;'];
const IN_FLIGHT = 200;

const [endpoints = '16384'] = process.argv.slice(2);
const count = Number(endpoints);
/** As many as the scan would choose, so that their start is told apart too. */
const workers = chooseWorkers({
  asked: undefined,
  planSize: count,
  concurrency: IN_FLIGHT,
  cores: availableParallelism(),
});
await withFolder(async (folder) => {
  for (const lines of SETUPS) {
    const nginx = await startNginx(folder, lines);
    try {
      printTitle(`nginx, ${lines} ${count} endpoints, ${IN_FLIGHT} in flight`);
      await compare(folder, nginx.port);
    } finally {
      await nginx.close();
    }
  }
});

async function compare(folder: string, port: number): Promise<void> {
  const scan = (many: number, ...more: readonly string[]) =>
    runScan({
      folder,
      args: [
        ...[loopbackRange(many), '-p', `${port}/tls`, '--concurrency', `${IN_FLIGHT}`],
        ...['--trust-store', `bench=${join(folder, 'root.pem')}`, ...more],
      ],
    });
  const start = await scan(1, '--workers', `${workers}`);
  const hello = await scan(count, '--workers', `${workers}`);
  const startOfOne = await scan(1, '--workers', '0');
  const full = await scan(count, '--handshake', 'full', '--workers', '0');
  const each = (cpuMs: number, startMs: number) => `${((cpuMs - startMs) / count).toFixed(3)} ms`;
  const rate = (seconds: number) => `${Math.round(count / seconds)}/s`;
  printLine({ what: 'CPU for each endpoint', target: '0.40 ms', measured: each(hello.cpuMs, start.cpuMs) });
  printLine({ what: '  full handshakes in one thread', measured: each(full.cpuMs, startOfOne.cpuMs) });
  printLine({ what: 'endpoints a second, with the start', measured: rate(hello.seconds) });
  printLine({ what: '  full handshakes in one thread', measured: rate(full.seconds) });
  printLine({
    what: '  times as many',
    target: '3.0',
    measured: (full.seconds / hello.seconds).toFixed(1),
  });
  printLine({ what: 'peak memory', measured: `${hello.peakRssMb.toFixed(0)} MB` });
  printLine({
    what: 'start: a scan of one endpoint',
    measured: `${start.cpuMs.toFixed(0)} ms CPU, ${start.seconds.toFixed(1)} s`,
  });
}
