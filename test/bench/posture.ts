/**
 * What asking for a posture costs, beside sslscan: connections and wall time against nginx, both through one relay that
 * counts and, in the second round, delays as a line across the country would.
 *
 *     npx tsx test/bench/posture.ts [delay each way, ms]
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Budget } from '../../src/probe/budget.js';
import { Connection } from '../../src/probe/connection.js';
import { probePosture } from '../../src/probe/posture/probe-posture.js';
import { type Listener, listenTcp } from '../servers/listener.js';
import { startNginx } from './nginx.js';

const LOOPBACK = '127.0.0.1';
const SETUPS: readonly (readonly [title: string, lines: string])[] = [
  ['TLS 1.2 and 1.3, the client decides', 'ssl_protocols TLSv1.2 TLSv1.3;'],
  ['TLS 1.2 and 1.3, the server decides', 'ssl_protocols TLSv1.2 TLSv1.3; ssl_prefer_server_ciphers on;'],
  [
    'all versions and suites',
    'ssl_protocols TLSv1 TLSv1.1 TLSv1.2 TLSv1.3; ssl_ciphers ALL:@SECLEVEL=0; ssl_prefer_server_ciphers on;',
  ],
];

const [delayMs = '20'] = process.argv.slice(2);
await main(Number(delayMs));

async function main(delay: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'certsweep-bench-'));
  try {
    for (const [title, lines] of SETUPS) {
      const nginx = await startNginx(folder, lines);
      try {
        for (const delayEachWay of [0, delay]) {
          process.stdout.write(`\n${title}, ${delayEachWay} ms each way\n`);
          await measure('certsweep', nginx.port, delayEachWay, askPosture);
          await measure('sslscan', nginx.port, delayEachWay, runSslscan);
        }
      } finally {
        await nginx.close();
      }
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function measure(
  name: string,
  target: number,
  delayMs: number,
  run: (port: number) => Promise<string>,
): Promise<void> {
  const relay = await startRelay(target, delayMs);
  const startedAt = performance.now();
  const found = await run(relay.port);
  const wallMs = Math.round(performance.now() - startedAt);
  process.stdout.write(`${name.padEnd(10)} ${relay.connections()} connections, ${wallMs} ms, ${found}\n`);
  await relay.close();
}

async function askPosture(port: number): Promise<string> {
  const { posture } = await probePosture(
    (timeoutMs) =>
      Connection.open({
        address: LOOPBACK,
        port,
        budget: new Budget({ connectTimeoutMs: timeoutMs, timeoutMs }),
      }),
    { serverName: 'a.example', protocol: 'tls', timeoutMs: 10_000 },
  );
  const suites = posture.cipherSuites.flatMap(({ names }) => names).length;
  const groups = posture.groups.flatMap(({ names }) => names).length;
  return `${suites} suites, ${groups} groups${posture.complete ? '' : `, incomplete: ${posture.reason}`}`;
}

async function runSslscan(port: number): Promise<string> {
  const child = spawn('sslscan', ['--no-colour', '--sni-name=a.example', `${LOOPBACK}:${port}`]);
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  child.stderr.resume();
  const missing = once(child, 'error').then(() => true);
  if (await Promise.race([missing, once(child, 'close').then(() => false)])) return 'not installed';
  const suites = said.match(/^(Preferred|Accepted) /gm)?.length ?? 0;
  const groups = said.split('Key Exchange Group')[1]?.match(/^TLSv1\.\d /gm)?.length ?? 0;
  return `${suites} suites, ${groups} groups`;
}

/** Passes connections on and counts them; each byte is held back as long as it would travel. */
async function startRelay(
  target: number,
  delayMs: number,
): Promise<Listener & { readonly connections: () => number }> {
  let connections = 0;
  const listener = await listenTcp(
    (near) => {
      connections += 1;
      const far = connect(target, LOOPBACK);
      pass(near, far, delayMs);
      pass(far, near, delayMs);
    },
    { host: LOOPBACK, port: 0 },
  );
  return { ...listener, connections: () => connections };
}

function pass(from: Socket, to: Socket, delayMs: number): void {
  const later = (act: () => void) => (delayMs === 0 ? act() : setTimeout(act, delayMs));
  from.on('data', (bytes) => later(() => to.write(bytes)));
  from.on('error', () => from.destroy());
  from.on('close', () => later(() => to.destroy()));
}
