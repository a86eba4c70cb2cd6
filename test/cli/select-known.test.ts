import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ObservationRecord } from '../../src/model/observation-record.js';
import { makeCertificate } from '../fixtures/make-certificate.js';
import { makeTemporaryFolder, type TemporaryFolder } from '../fixtures/temporary-folder.js';
import { type Listener, listenTls } from '../servers/listener.js';
import { runCli } from './run-cli.js';

let folder: TemporaryFolder;
let servers: Listener[];

beforeAll(async () => {
  folder = await makeTemporaryFolder();
  const serve = async (host: string, days: number) => {
    const notAfter = new Date(Date.now() + days * 86_400_000);
    const { pem, privateKeyPem } = await makeCertificate({ subject: `CN=${host}`, notAfter });
    return listenTls({ cert: pem, key: privateKeyPem }, { host, port: 0 });
  };
  servers = [await serve('127.9.0.2', 300), await serve('127.9.0.3', 30)];
});

afterAll(async () => {
  await Promise.all(servers.map((server) => server.close()));
  await folder.remove();
});

function ports(): string {
  return servers.map(({ port }) => port).join();
}

async function scan(...args: string[]) {
  const { code, stderr, stdout } = await runCli(['scan', '--no-progress', '--workers', '0', ...args]);
  return { code, stderr, stdout };
}

async function visited(...args: string[]): Promise<string[]> {
  const { code, stderr, stdout } = await scan(...args, '--ndjson', '--concurrency', '1');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => (JSON.parse(line) as ObservationRecord).endpoint.address ?? '');
}

describe('a scan that goes by what is known', () => {
  it('leaves out what was observed, or was so of late', async () => {
    const db = ['--db', folder.file('new.db')];
    const first = await scan('127.9.0.0/29', '-p', ports(), ...db);
    expect(first.stdout).toContain('16 of 16 in the plan done');
    const second = await scan('127.9.0.0/28', '-p', ports(), '--only-new', ...db);
    expect(second.stdout).toContain('16 of 16 in the plan done; 16 left out as known');
    const third = await scan('127.9.0.0/28', '-p', ports(), '--older-than', '7d', ...db);
    expect(third).toEqual({
      code: 0,
      stdout: '',
      stderr: 'certsweep: nothing to scan: the inventory knows all 32 endpoints of the plan well enough\n',
    });
    const later = new Date(Date.now() + 8 * 86_400_000).toISOString();
    const fourth = await scan('127.9.0.0/28', '-p', ports(), '--older-than', '7d', '--now', later, ...db);
    expect(fourth.stdout).toContain('32 of 32 in the plan done');
    const dry = await scan('127.9.0.0/27', '-p', ports(), '--only-new', '--dry-run', ...db);
    expect(dry.stdout).toContain('Plan: 32 endpoints');
  }, 60_000);

  it('visits first what expires first, and without targets only what has a certificate', async () => {
    const db = ['--db', folder.file('expiring.db')];
    await scan('127.9.0.0/29', '-p', ports(), ...db);
    const all = await visited('127.9.0.0/29', '-p', ports(), '--expiring-first', ...db);
    expect(all).toHaveLength(16);
    expect(all.slice(0, 2)).toEqual(['127.9.0.3', '127.9.0.2']);
    expect(await visited('--expiring-first', ...db)).toEqual(['127.9.0.3', '127.9.0.2']);
    const none = await scan('--expiring-first', '--db', folder.file('none.db'));
    expect(none.code).toBe(2);
  }, 60_000);

  it('is resumed with the same selection', async () => {
    const db = ['--db', folder.file('resumed.db')];
    await scan('127.9.0.0/26', '-p', '1', ...db);
    let isSent = false;
    const stopped = await runCli(
      ['scan', '127.9.0.0/24', '-p', '1', '--only-new', '--rate', '50', '--ndjson', '--no-progress', ...db],
      {
        onStdout: (_, child) => {
          if (!isSent) child.kill('SIGINT');
          isSent = true;
        },
      },
    );
    expect(stopped.code).toBe(130);
    const refused = await scan('--resume', '--only-new', ...db);
    expect(refused).toMatchObject({ code: 2 });
    const resumed = await scan('--resume', '--rate', '10000', ...db);
    expect(resumed).toMatchObject({ code: 0, stderr: '' });
    expect(resumed.stdout).toContain('192 of 192 in the plan done; 64 left out as known');
  }, 60_000);
});
