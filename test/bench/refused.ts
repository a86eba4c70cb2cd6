/**
 * What endpoints cost that refuse to be connected to, most of what a scan meets: processor time and bytes of the inventory.
 *
 *     npm run bench -- refused
 */
import { listenTcp } from '../servers/listener.js';
import { printLine, printTitle } from './print-line.js';
import { runScan } from './run-scan.js';
import { withFolder } from './with-folder.js';

const TARGETS = '127.0.0.0/15';
const COUNT = 2 ** 17;

await withFolder(async (folder) => {
  const spare = await listenTcp((socket) => socket.destroy(), { host: '127.0.0.1', port: 0 });
  const closedPort = `${spare.port}/tls`;
  await spare.close();
  printTitle(`closed ports of loopback, ${COUNT} endpoints`);
  const start = await runScan({ folder, args: ['127.0.0.1', '-p', closedPort] });
  const scan = await runScan({ folder, args: [TARGETS, '-p', closedPort] });
  const cpuMs = (scan.cpuMs - start.cpuMs) / COUNT;
  const bytes = (scan.inventoryBytes - start.inventoryBytes) / COUNT;
  printLine({ what: 'CPU for each endpoint', target: '0.15 ms', measured: `${cpuMs.toFixed(3)} ms` });
  printLine({
    what: 'inventory for each endpoint',
    target: '40 bytes',
    measured: `${bytes.toFixed(1)} bytes`,
  });
  printLine({ what: 'endpoints a second', measured: `${Math.round(COUNT / scan.seconds)}/s` });
  printLine({ what: 'peak memory', measured: `${scan.peakRssMb.toFixed(0)} MB` });
});
