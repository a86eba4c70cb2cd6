/**
 * Packets and bytes of IP, both ways, that a scan puts on the network for each endpoint. Run it in a
 * network namespace of its own: unshare --net --map-root-user node --import tsx test/bench/traffic.ts
 */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { makeCertificate } from '../fixtures/make-certificate.js';
import { makeTemporaryFolder } from '../fixtures/temporary-folder.js';
import { listenTls } from '../servers/listener.js';
import { printLine } from './print-line.js';

const MAIN = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));
const ENDPOINTS = 64;

function ip(words: string): void {
  execFileSync('ip', words.split(' '), { stdio: 'pipe' });
}

/** What a device of this namespace has sent. */
function read(device: string): { packets: number; bytes: number } {
  const line = readFileSync('/proc/self/net/dev', 'utf8')
    .split('\n')
    .find((each) => each.trimStart().startsWith(`${device}:`));
  const fields = line?.split(':')[1]?.trim().split(/\s+/).map(Number) ?? [];
  return { bytes: fields[8] ?? 0, packets: fields[9] ?? 0 };
}

// Packets of an Ethernet, and not what the loopback device would join.
ip('link set lo mtu 1500 gso_max_segs 1 up');
ip('link add here type veth peer name there');
ip('link set there up');
ip('link set here up');
ip('addr add 10.9.0.1/24 dev here');
for (let last = 0; last < ENDPOINTS; last++)
  ip(`neigh add 10.9.0.${last + 64} lladdr 02:00:00:00:00:01 dev here`);

const folder = await makeTemporaryFolder();
const root = await makeCertificate({ subject: 'CN=Root', ca: true, key: 'rsa-2048' });
const middle = await makeCertificate({ subject: 'CN=Issuing CA', ca: true, issuer: root, key: 'rsa-2048' });
const leaf = await makeCertificate({ dnsNames: ['a.example'], issuer: middle, key: 'rsa-2048' });
const server = await listenTls(
  { cert: `${leaf.pem}${middle.pem}`, key: leaf.privateKeyPem, minVersion: 'TLSv1.2' },
  { host: '0.0.0.0', port: 0 },
);

let runs = 0;
async function measure(what: string, device: string, args: readonly string[]): Promise<void> {
  const before = read(device);
  const db = folder.file(`${runs++}.db`);
  const child = spawn(process.execPath, [MAIN, 'scan', ...args, '--db', db, '--quiet'], { stdio: 'inherit' });
  await once(child, 'close');
  const after = read(device);
  const packets = (after.packets - before.packets) / ENDPOINTS;
  const bytes = (after.bytes - before.bytes) / ENDPOINTS;
  printLine({ what, measured: `${packets.toFixed(1)} packets, ${Math.round(bytes)} bytes` });
}

const port = `${server.port}`;
await measure('refused', 'lo', ['127.0.0.0/26', '-p', '1']);
await measure('silent (with Ethernet headers)', 'here', ['10.9.0.64/26', '-p', '443']);
await measure('certificate', 'lo', ['127.0.0.0/26', '-p', port]);
await measure('certificate, handshake full', 'lo', ['127.0.0.0/26', '-p', port, '--handshake', 'full']);
await measure('posture', 'lo', ['127.0.0.0/26', '-p', port, '--depth', 'posture']);
await server.close();
await folder.remove();
