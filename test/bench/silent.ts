/**
 * How close a scan of silent endpoints comes to what arithmetic allows, and its memory with thousands of them in flight.
 *
 *     npm run bench -- silent
 */
import { findNamespaceObstacle } from '../network-namespace.js';
import { printLine, printTitle } from './print-line.js';
import { runScan } from './run-scan.js';
import { SILENT_NETWORK } from './silent-network.js';
import { withFolder } from './with-folder.js';

const TARGETS = '198.18.0.0/16';
const COUNT = 2 ** 16;
const IN_FLIGHT = 5000;
const TIMEOUT_MS = 1000;

await withFolder(async (folder) => {
  printTitle(`silence, ${COUNT} endpoints, ${IN_FLIGHT} in flight, ${TIMEOUT_MS} ms each`);
  const obstacle = findNamespaceObstacle();
  if (obstacle !== null) {
    process.stdout.write(`  not measured: ${obstacle}\n`);
    return;
  }
  const limits = ['--concurrency', `${IN_FLIGHT}`, '--timeout', `${TIMEOUT_MS}`];
  const scan = await runScan({
    folder,
    within: SILENT_NETWORK,
    args: [TARGETS, '-p', '443', ...limits],
  });
  const leastSeconds = (COUNT / IN_FLIGHT) * (TIMEOUT_MS / 1000);
  printLine({
    what: 'time, with the start',
    target: `${(1.15 * leastSeconds).toFixed(1)} s`,
    measured: `${scan.seconds.toFixed(1)} s (the least there can be: ${leastSeconds.toFixed(1)} s)`,
  });
  printLine({ what: 'peak memory', target: '250 MB', measured: `${scan.peakRssMb.toFixed(0)} MB` });
  printLine({ what: 'CPU for each endpoint', measured: `${(scan.cpuMs / COUNT).toFixed(3)} ms` });
});
