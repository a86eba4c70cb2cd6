import { readdirSync } from 'node:fs';
import { afterEach, expect, it, vi } from 'vitest';
import { Spool } from '../../src/report/spool.js';
import { makeTemporaryFolder } from '../fixtures/temporary-folder.js';

let spool = new Spool();
afterEach(async () => {
  await spool.close();
  spool = new Spool();
});

async function readAll(from?: number, to?: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of spool.read(from, to)) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

it('hands back little text from memory, whole or in part', async () => {
  await spool.append('äb');
  await spool.append('cd');
  expect(spool.size).toBe(5);
  expect(await readAll()).toBe('äbcd');
  expect(await readAll(3, 5)).toBe('cd');
  expect(await readAll(5, 5)).toBe('');
});

it('hands back much text from disk, and goes on after it was read', async () => {
  const line = `${'ö'.repeat(50_000)}\n`;
  for (let i = 0; i < 30; i += 1) await spool.append(line);
  expect(await readAll()).toBe(line.repeat(30));
  await spool.append('end');
  expect((await readAll()).endsWith('ö\nend')).toBe(true);
  const lines: string[] = [];
  for await (const each of spool.readLines()) lines.push(each);
  expect(lines).toEqual([...Array.from({ length: 30 }, () => line.trimEnd()), 'end']);
});

it.runIf(process.platform !== 'win32')('leaves no file behind, not even while it is in use', async () => {
  const folder = await makeTemporaryFolder();
  vi.stubEnv('TMPDIR', folder.path);
  try {
    await spool.append('x'.repeat(2 * 1024 * 1024));
    expect(readdirSync(folder.path)).toEqual([]);
    expect(await readAll(0, 3)).toBe('xxx');
  } finally {
    vi.unstubAllEnvs();
    await folder.remove();
  }
});

it('says where there is no room, and what to do', async () => {
  vi.stubEnv('TMPDIR', '/nowhere/at/all');
  try {
    await expect(spool.append('x'.repeat(2 * 1024 * 1024))).rejects.toThrow(
      /^cannot put data aside in \/nowhere\/at\/all: .*: free some space, or name another folder in TMPDIR$/,
    );
  } finally {
    vi.unstubAllEnvs();
  }
});
