/**
 * Whether memory stays flat in a scan far longer than this: one of 16.7 million endpoints, interrupted after two minutes.
 *
 *     npm run bench -- memory [seconds]
 */
import { listenTcp } from '../servers/listener.js';
import type { RssSample } from './measure-process.js';
import { printLine, printTitle } from './print-line.js';
import { runScan } from './run-scan.js';
import { withFolder } from './with-folder.js';

const TARGETS = '127.0.0.0/8';

const [given = '120'] = process.argv.slice(2);
const seconds = Number(given);
await withFolder(async (folder) => {
  const spare = await listenTcp((socket) => socket.destroy(), { host: '127.0.0.1', port: 0 });
  const { port } = spare;
  await spare.close();
  printTitle(`closed ports of loopback, 16.7 million endpoints, interrupted after ${seconds} s`);
  const scan = await runScan({ folder, args: [TARGETS, '-p', `${port}/tls`], interruptAfter: seconds });
  const later = scan.samples.filter(({ second }) => second >= seconds / 2 && second <= seconds);
  printLine({ what: 'peak memory', target: '200 MB', measured: `${scan.peakRssMb.toFixed(0)} MB` });
  printLine({
    what: 'growth in the second half',
    target: 'none',
    measured: `${(60 * slopeOf(later)).toFixed(1)} MB a minute (${later.length} samples, least squares)`,
  });
  printLine({ what: 'from the interrupt to the end', measured: `${(scan.seconds - seconds).toFixed(1)} s` });
});

/** Least squares: megabytes a second. */
function slopeOf(samples: readonly RssSample[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const middle = mean(samples.map(({ second }) => second));
  const level = mean(samples.map(({ rssMb }) => rssMb));
  let above = 0;
  let below = 0;
  for (const { rssMb, second } of samples) {
    above += (second - middle) * (rssMb - level);
    below += (second - middle) ** 2;
  }
  return above / below;
}
