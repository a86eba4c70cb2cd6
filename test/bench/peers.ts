/**
 * Endpoints a second beside other programs that fetch certificates, each with as many in flight, against one nginx.
 *
 *     npm run bench -- peers
 */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loopbackRange } from './loopback-range.js';
import { measureProcess } from './measure-process.js';
import { startNginx } from './nginx.js';
import { printLine, printTitle } from './print-line.js';
import { CERTSWEEP, runScan } from './run-scan.js';
import { withFolder } from './with-folder.js';

const IN_FLIGHT = 200;
/** Programs that look at many endpoints in one process get as many that their start hardly counts. */
const MANY = 16_384;
/** A process for each endpoint: the rate does not depend on their number. */
const SOME = 1024;

/** Another program, and how it is quickest. */
interface Peer {
  readonly name: string;
  readonly version: readonly string[];
  readonly count: number;
  /** `list` is a file of addresses, a line each. */
  command(list: string, port: number): readonly string[];
  /** What it prints once for each certificate. */
  readonly found: RegExp;
}

const PEERS: readonly Peer[] = [
  {
    name: 'nmap --script ssl-cert',
    version: ['nmap', '--version'],
    count: MANY,
    command: (list, port) => [
      ...['nmap', '-n', '-Pn', '-T5', '--script', 'ssl-cert', '-p', `${port}`, '-iL', list],
      ...[
        '--min-hostgroup',
        '1024',
        '--min-parallelism',
        `${IN_FLIGHT}`,
        '--max-parallelism',
        `${IN_FLIGHT}`,
      ],
    ],
    found: /^\| ssl-cert: Subject:/gm,
  },
  {
    name: 'openssl s_client',
    version: ['openssl', 'version'],
    count: SOME,
    command: (list, port) => eachOf(list, ['openssl', 's_client', '-showcerts', '-connect', `{}:${port}`]),
    found: /^Server certificate$/gm,
  },
  {
    name: 'sslscan, its certificate alone',
    version: ['sslscan', '--version'],
    count: SOME,
    command: (list, port) =>
      eachOf(list, [
        ...['sslscan', '--no-colour', '--no-ciphersuites', '--no-groups', '--no-fallback', '--no-heartbleed'],
        ...['--no-compression', '--no-renegotiation', `{}:${port}`],
      ]),
    found: /^Subject: /gm,
  },
];

await withFolder(async (folder) => {
  const nginx = await startNginx(folder, 'ssl_protocols TLSv1.2 TLSv1.3;');
  try {
    printTitle(`endpoints a second of nginx, ${IN_FLIGHT} in flight`);
    const own = await rateOfCertsweep(folder, nginx.port);
    let best = 0;
    for (const peer of PEERS) best = Math.max(best, await rateOf(peer, folder, nginx.port));
    printLine({
      what: 'certsweep, times as many as the best of them',
      target: '5.0',
      measured: best === 0 ? 'none is installed' : (own / best).toFixed(1),
    });
  } finally {
    await nginx.close();
  }
});

async function rateOfCertsweep(folder: string, port: number): Promise<number> {
  const args = [loopbackRange(MANY), '-p', `${port}/tls`, '--concurrency', `${IN_FLIGHT}`];
  const { cpuMs, inventory, seconds } = await runScan({ folder, args });
  const listed = await measureProcess([...CERTSWEEP, 'export', '--format', 'ndjson', '--db', inventory]);
  const found = listed.stdout.trim().split('\n').length;
  printRate('certsweep scan', { cpuMs, seconds, found, count: MANY });
  return found / seconds;
}

async function rateOf(peer: Peer, folder: string, port: number): Promise<number> {
  const [program = '', ...args] = peer.version;
  const { error, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8' });
  if (error) {
    printLine({ what: peer.name, measured: 'not installed' });
    return 0;
  }
  const version = /\d+\.\d+[.\w]*/.exec(stdout + stderr)?.[0] ?? '';
  const list = join(folder, 'addresses');
  const addresses = Array.from({ length: peer.count }, (_, at) => `127.1.${at >> 8}.${at & 255}\n`);
  writeFileSync(list, addresses.join(''));
  const measured = await measureProcess(peer.command(list, port));
  const found = measured.stdout.match(peer.found)?.length ?? 0;
  printRate(`${peer.name} (${version})`, { ...measured, found, count: peer.count });
  return found / measured.seconds;
}

/** The shell takes what xargs cannot: that programs complain of certificates nobody trusts, and that some fail. */
function eachOf(list: string, command: readonly string[]): readonly string[] {
  return ['sh', '-c', `xargs -P ${IN_FLIGHT} -I{} "$@" < "$0" 2> /dev/null`, list, ...command];
}

function printRate(
  what: string,
  { count, cpuMs, found, seconds }: Record<'count' | 'cpuMs' | 'found' | 'seconds', number>,
): void {
  const rate = Math.round(found / seconds);
  printLine({
    what,
    measured: `${rate}/s (${found} of ${count} found, ${(cpuMs / count).toFixed(2)} ms CPU each)`,
  });
}
