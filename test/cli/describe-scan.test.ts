import type { ChildProcess } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeTemporaryFolder, type TemporaryFolder } from '../fixtures/temporary-folder.js';
import { type Lab, startLab } from '../servers/lab.js';
import { listenTcp } from '../servers/listener.js';
import { runCli } from './run-cli.js';

let folder: TemporaryFolder;
let lab: Lab;

beforeAll(async () => {
  folder = await makeTemporaryFolder();
  lab = await startLab({ firstPort: 0 });
});

afterAll(async () => {
  await lab.close();
  await folder.remove();
});

/** Address and port of a server of the lab. */
function placeOf(name: string): readonly [address: string, port: string] {
  const target = lab.servers.find(({ endpointTarget }) =>
    endpointTarget.startsWith(`${name}.`),
  )?.endpointTarget;
  const [, address = '', port = ''] = /@([\d.]+):(\d+)/.exec(target ?? '') ?? [];
  return [address, port];
}

/** Tags by port. */
async function listTags(db: string): Promise<Record<string, string>> {
  const args = ['--format', 'csv', '--outcomes', '--fields', 'port,tags', '--db', db];
  const { stdout } = await runCli(['export', ...args]);
  return Object.fromEntries(
    stdout
      .split('\r\n')
      .slice(1, -1)
      .map((line): [string, string] => {
        const [port = '', tags = ''] = line.split(',');
        return [port, tags];
      }),
  );
}

describe('tags of a target file', () => {
  it('go to what is found, and stay as people change them', async () => {
    const db = folder.file('tags.db');
    const [address, port] = placeOf('good');
    const file = folder.file('targets.csv');
    writeFileSync(file, `address,port,tags\n${address},${port},"web, prod"\n${address},1,web\n`);
    const args = ['scan', '-f', file, '--quiet', '--db', db];
    expect(await runCli(args)).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(await listTags(db)).toEqual({ [port]: 'prod; web', 1: '' });
    await runCli(['tag', `${address}:${port}`, '--remove', 'prod', '--add', 'own', '--db', db]);
    await runCli([...args, '--save', 'replace']);
    expect(await listTags(db)).toEqual({ [port]: 'own; web', 1: '' });
  });

  it('are known to a run that is resumed, with those of its definition', async () => {
    const db = folder.file('resumed.db');
    const [address, port] = placeOf('good');
    let running: ChildProcess | undefined;
    const silent = await listenTcp(
      () => {
        running?.kill('SIGINT');
        running = undefined;
      },
      { host: '127.0.0.1', port: 0 },
    );
    writeFileSync(
      folder.file('targets.jsonl'),
      `{"address": "127.0.0.1", "port": ${silent.port}}\n{"address": "${address}", "port": ${port}, "tags": ["web"]}\n`,
    );
    writeFileSync(folder.file('scan.yaml'), `targetsFile: targets.jsonl\ntags:\n  lab: 127.0.0.0/8\n`);
    const stopped = await runCli(
      ['scan', '--definition', folder.file('scan.yaml'), '--timeout', '60000', '--quiet', '--db', db],
      {
        started: (child) => {
          running = child;
        },
      },
    );
    await silent.close();
    expect(stopped.code).toBe(130);
    const resumed = await runCli(['scan', '--resume', '--quiet', '--db', db]);
    expect(resumed.code).toBe(0);
    expect((await listTags(db))[port]).toBe('lab; web');
  });

  it.each([
    ['address,tags\n127.0.0.1,"web;a\u0007b"\n', 'has a tag: it has control characters'],
    [`address,tags\n127.0.0.1,${'x'.repeat(65)}\n`, 'it has 65 characters, 64 are the most'],
  ])('are refused where they are none: %#', async (text, message) => {
    const file = folder.file('wrong.csv');
    writeFileSync(file, text);
    const { code, stderr } = await runCli(['scan', '-f', file, '--db', folder.file('none.db')]);
    expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
  });
});
