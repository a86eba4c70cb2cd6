/**
 * CPU per endpoint of the hello engine beside that of a bare TCP connect and of full handshakes (`--handshake full`, and node:tls
 * by itself), each measured in a process of its own that does nothing else, against nginx (or a node:tls server where there is no nginx).
 *
 *     npx tsx test/bench/hello.ts [endpoints] [in flight]
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import tls from 'node:tls';
import { fileURLToPath } from 'node:url';
import pLimit from 'p-limit';
import { Budget } from '../../src/probe/budget.js';
import { Connection } from '../../src/probe/connection.js';
import { handshakeFully } from '../../src/probe/handshake-fully.js';
import { discoverChain } from '../../src/probe/hello/discover-chain.js';
import { makeCertificate } from '../fixtures/make-certificate.js';

const SELF = fileURLToPath(import.meta.url);
const WARM_UP = 1000;
const PROBES: Readonly<Record<string, (address: string, port: number) => Promise<unknown>>> = {
  connect: async (address, port) => (await open(address, port)).close(),
  hello: (address, port) => {
    const budget = makeBudget();
    return discoverChain(() => Connection.open({ address, port, budget }), { serverName: null });
  },
  full: async (address, port) => {
    const connection = await open(address, port);
    await handshakeFully(connection, null);
    connection.close();
  },
  'node:tls': async (address, port) => {
    const socket = tls.connect({ host: address, port, rejectUnauthorized: false });
    await once(socket, 'secureConnect');
    socket.getPeerCertificate(true);
    socket.destroy();
  },
};

const [role = '8000', ...rest] = process.argv.slice(2);
if (role === 'client') await runClient(rest);
else if (role === 'server') runServer(rest);
else await main(Number(role), Number(rest[0] ?? 200));

async function main(endpoints: number, inFlight: number): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'certsweep-bench-'));
  const servers: ChildProcess[] = [];
  try {
    const intermediate = await makeCertificate({
      subject: 'CN=Intermediate',
      ca: true,
      issuer: await makeCertificate({ subject: 'CN=Root', ca: true }),
    });
    const leaf = await makeCertificate({ dnsNames: ['a.example'], issuer: intermediate });
    writeFileSync(join(directory, 'chain.pem'), leaf.pem + intermediate.pem);
    writeFileSync(join(directory, 'key.pem'), leaf.privateKeyPem);
    for (const versions of ['TLSv1.2 TLSv1.3', 'TLSv1.3', 'TLSv1.2']) {
      const port = await freePort();
      servers.push(await startServer(directory, port, versions));
      process.stdout.write(`\n${versions}, ${endpoints} endpoints, ${inFlight} in flight\n`);
      for (const probe of Object.keys(PROBES)) {
        const args = ['--import', 'tsx', SELF, 'client', probe, `${port}`, `${endpoints}`, `${inFlight}`];
        process.stdout.write(execFileSync(process.execPath, args));
      }
    }
  } finally {
    for (const server of servers) server.kill();
    rmSync(directory, { recursive: true });
  }
}

async function runClient([
  probe = '',
  port = '',
  endpoints = '',
  inFlight = '',
]: readonly string[]): Promise<void> {
  const run = PROBES[probe];
  if (!run) throw new Error(`no probe called ${probe}`);
  const limit = pLimit(Number(inFlight));
  const sweep = (from: number, count: number) =>
    Promise.all(
      Array.from({ length: count }, (_, index) => limit(() => run(loopback(from + index), Number(port)))),
    );
  await sweep(0, WARM_UP);
  const count = Number(endpoints);
  const startedAt = performance.now();
  const before = process.cpuUsage();
  await sweep(WARM_UP, count);
  const { user, system } = process.cpuUsage(before);
  const cpuMs = (user + system) / 1000 / count;
  const rate = Math.round(count / ((performance.now() - startedAt) / 1000));
  const column = probe.padEnd(10);
  process.stdout.write(
    `${column} ${cpuMs.toFixed(3)} ms CPU per endpoint (system ${(system / 1000 / count).toFixed(3)}), ${rate}/s\n`,
  );
}

async function startServer(directory: string, port: number, versions: string): Promise<ChildProcess> {
  const files = [join(directory, 'chain.pem'), join(directory, 'key.pem')] as const;
  let server: ChildProcess;
  if (hasNginx()) {
    const configuration = join(directory, `nginx-${port}.conf`);
    writeFileSync(
      configuration,
      `daemon off; worker_processes 1; pid ${configuration}.pid; error_log /dev/null crit;
      events { worker_connections 4096; }
      http { access_log off; ssl_certificate ${files[0]}; ssl_certificate_key ${files[1]};
      server { listen 0.0.0.0:${port} ssl backlog=4096; ssl_protocols ${versions}; } }`,
    );
    server = spawn('nginx', ['-c', configuration], { stdio: 'ignore' });
  } else {
    server = spawn(process.execPath, ['--import', 'tsx', SELF, 'server', `${port}`, versions, ...files], {
      stdio: 'ignore',
    });
  }
  for (let up = false; !up; ) {
    up = await open('127.0.0.1', port).then(
      (connection) => {
        connection.close();
        return true;
      },
      () => false,
    );
  }
  return server;
}

function runServer([port = '', versions = '', certificate = '', key = '']: readonly string[]): void {
  const all = versions.split(' ');
  tls
    .createServer({
      cert: execFileSync('cat', [certificate]),
      key: execFileSync('cat', [key]),
      minVersion: all[0] === 'TLSv1.2' ? 'TLSv1.2' : 'TLSv1.3',
      maxVersion: all.at(-1) === 'TLSv1.3' ? 'TLSv1.3' : 'TLSv1.2',
    })
    .on('tlsClientError', (_, socket) => socket.destroy())
    .listen({ port: Number(port), host: '0.0.0.0', backlog: 4096 });
}

function hasNginx(): boolean {
  try {
    execFileSync('nginx', ['-v'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return address !== null && typeof address === 'object' ? address.port : 0;
}

/** Spreads endpoints over 127/8, as a scan of many hosts would. */
function loopback(index: number): string {
  return `127.${1 + ((index >> 16) & 127)}.${(index >> 8) & 255}.${1 + (index & 127)}`;
}

function makeBudget(): Budget {
  return new Budget({ connectTimeoutMs: 5000, timeoutMs: 10_000 });
}

function open(address: string, port: number): Promise<Connection> {
  return Connection.open({ address, port, budget: makeBudget() });
}
