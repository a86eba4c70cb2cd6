import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCli } from './cli/run-cli.js';
import { makeTemporaryFolder, type TemporaryFolder } from './fixtures/temporary-folder.js';

const ROOT = path.join(import.meta.dirname, '..');
const README = readFileSync(path.join(ROOT, 'README.md'), 'utf8');

/** The commands of the blocks marked as shell, a line each. */
const COMMANDS = [...README.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].flatMap((match) =>
  (match[1] ?? '').split('\n').filter((line) => line !== ''),
);

const CERTSWEEP = COMMANDS.filter((line) => line.startsWith('npx certsweep ')).map((line) =>
  (line.replace(/^npx certsweep /, '').match(/"[^"]*"|\S+/g) ?? []).map((word) => word.replaceAll('"', '')),
);

let folder: TemporaryFolder;

beforeAll(async () => {
  folder = await makeTemporaryFolder();
  mkdirSync(folder.file('scans'));
  writeFileSync(folder.file('scans/office.yaml'), readFileSync(path.join(ROOT, 'scans/office.yaml')));
  await runCli(['scan', '127.0.0.1', '--ports', '1', '--quiet'], { cwd: folder.path });
});

afterAll(() => folder.remove());

describe('README.md', () => {
  it('begins with the commands that continuous integration runs', () => {
    expect(COMMANDS.slice(0, 2)).toEqual(['npm ci && npm run demo', 'npm test']);
    const steps = readFileSync(path.join(ROOT, '.ci/run'), 'utf8');
    for (const step of ['npm ci', 'npm run demo', 'npm test', 'npm run lint'])
      expect(steps).toContain(`step ${step}\n`);
  });

  it.each(CERTSWEEP)('shows a command that works: %s %s %s', async (...args) => {
    // What it shows would connect to the networks of others: the plan is all that is tried of it.
    const [command = ''] = args;
    const harmless =
      command === 'scan'
        ? [...args, '--dry-run']
        : ['check', 'inspect'].includes(command)
          ? [command, '--help']
          : args;
    const { code, stderr } = await runCli(harmless, { cwd: folder.path });
    expect(stderr).toBe('');
    expect(code).toBe(0);
  });

  it('links to files that exist', () => {
    const links = [...README.matchAll(/\]\(([^)#]+)[^)]*\)/g)].map((match) => match[1] ?? '');
    expect(links.length).toBeGreaterThan(3);
    expect(links.filter((link) => !/^https?:/.test(link) && !existsSync(path.join(ROOT, link)))).toEqual([]);
  });

  it('names the room of each recipe as it is', () => {
    const rooms = [...README.matchAll(/`(src\/[a-z0-9/-]+)\/(?:<[a-z]+>|index)\.ts`/g)].map(
      (match) => match[1] ?? '',
    );
    expect(rooms.length).toBeGreaterThan(7);
    expect(rooms.filter((room) => !existsSync(path.join(ROOT, room, 'index.ts')))).toEqual([]);
  });
});
