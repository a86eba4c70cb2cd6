/**
 * What a whole scan costs for each TLS endpoint (probe, parse, judge, store), with the hello engine and with a full
 * handshake, in one run: processor time of the whole process by the operating system's accounting.
 *
 *     npm run build && npx tsx test/bench/scan.ts [endpoints]
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startNginx } from './nginx.js';

const CLI = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));
const SETUPS = ['ssl_protocols TLSv1.2 TLSv1.3;', 'ssl_protocols TLSv1.3;'];

const [endpoints = '8000'] = process.argv.slice(2);
await main(Number(endpoints));

async function main(count: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'certsweep-bench-'));
  try {
    for (const lines of SETUPS) {
      const nginx = await startNginx(folder, lines);
      try {
        process.stdout.write(`\nnginx, ${lines} ${count} endpoints, 200 in flight\n`);
        const start = scan(folder, nginx.port, 1, 'hello').cpuMs;
        const hello = scan(folder, nginx.port, count, 'hello');
        const full = scan(folder, nginx.port, count, 'full');
        for (const [name, { cpuMs, seconds }] of Object.entries({ hello, full })) {
          const each = ((cpuMs - start) / count).toFixed(3);
          const rate = Math.round(count / seconds);
          process.stdout.write(`${name.padEnd(6)} ${each} ms CPU per endpoint beside the start, ${rate}/s\n`);
        }
        process.stdout.write(`full / hello: ${((full.cpuMs - start) / (hello.cpuMs - start)).toFixed(1)}\n`);
      } finally {
        await nginx.close();
      }
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Runs one scan in a process of its own; `times` of the shell tells what its children used. */
function scan(folder: string, port: number, count: number, handshake: string) {
  const database = join(folder, `${handshake}-${count}-${port}.db`);
  const range = `127.1.0.0-127.1.${Math.floor((count - 1) / 256)}.${(count - 1) % 256}`;
  const args = [
    'scan',
    range,
    '-p',
    `${port}/tls`,
    '--handshake',
    handshake,
    '--trust-store',
    `bench=${join(folder, 'root.pem')}`,
    '--concurrency',
    '200',
    '--rate',
    '100000',
  ];
  const script = `"$0" "$@" > /dev/null; times`;
  const startedAt = performance.now();
  const output = execFileSync(
    'sh',
    ['-c', script, process.execPath, CLI, ...args, '--quiet', '--db', database],
    {
      encoding: 'utf8',
    },
  );
  const seconds = (performance.now() - startedAt) / 1000;
  const [, children = ''] = output.trim().split('\n');
  const cpuMs = [...children.matchAll(/(\d+)m([\d.]+)s/g)].reduce(
    (sum, [, minutes, rest]) => sum + Number(minutes) * 60_000 + Number(rest) * 1000,
    0,
  );
  return { cpuMs, seconds };
}
