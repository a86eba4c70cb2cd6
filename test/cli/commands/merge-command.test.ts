import { existsSync, readdirSync, readFileSync, rmSync, symlinkSync, watch, writeFileSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openInventory } from '../../../src/store/inventory.js';
import { openDatabase } from '../../../src/store/open-database.js';
import { dumpInventory } from '../../store/dump-inventory.js';
import { makeEndpoint, makeRefused, makeRun, makeTls, RUNS } from '../../store/sample-observation.js';
import { canMount, mountSmallDisk, type SmallDisk } from '../../store/small-disk.js';
import { useTemporaryDirectory } from '../../store/temporary-directory.js';
import { runCli } from '../run-cli.js';

const inDirectory = useTemporaryDirectory('suite');
const EXPORT = 'export.ndjson';

async function save(file: string, firstPort: number, ports: number): Promise<void> {
  const inventory = openInventory(inDirectory(file), { create: true });
  await inventory.startRun(makeRun(RUNS[0]));
  const batch = Array.from({ length: ports }, (_, i) => {
    const endpoint = makeEndpoint({ port: firstPort + i });
    return i % 2 === 0 ? makeTls(endpoint, [`leaf ${firstPort + i}`]) : makeRefused(endpoint);
  });
  await inventory.saveBatch(batch);
  const counts = await inventory.countOutcomes(RUNS[0]);
  await inventory.finishRun(RUNS[0], { counts, state: 'completed', endedAt: '2026-11-22T11:00:00.000Z' });
  await inventory.close();
}

const merge = (...args: string[]) =>
  runCli(['merge', ...args.map((each) => (each.startsWith('-') ? each : inDirectory(each)))]);

beforeAll(async () => {
  await save('a.db', 1, 4);
  await save('b.db', 3, 4);
  await save('large.db', 1, 20_000);
  const { stdout } = await runCli(['export', '--db', inDirectory('a.db'), '--format', 'ndjson']);
  writeFileSync(inDirectory(EXPORT), stdout);
});

describe('certsweep merge', () => {
  it('tells what is new, and that nothing is the second time', async () => {
    const first = await merge('a.db', 'b.db', '--into', 'both.db');
    expect(first.stderr).toBe('');
    expect(first.stdout).toContain(
      'both.db: 1 run, 6 endpoints, 6 observations and 3 certificates are new\n',
    );
    const second = await merge('b.db', 'a.db', '--into', 'both.db');
    expect(second.stdout).toMatch(/both\.db: nothing was new\n$/);
    expect(second.code).toBe(0);
  });

  it('imports what another inventory has exported, once', async () => {
    const first = await merge(EXPORT, '--into', 'imported.db', '--json');
    expect(first.stderr).toBe('');
    expect(JSON.parse(first.stdout)).toMatchObject({ runs: 1, endpoints: 2, certificates: 2 });
    const before = dumpInventory(inDirectory('imported.db'));
    const second = await merge(EXPORT, '--into', 'imported.db');
    expect(second.stdout).toContain('it was imported before');
    expect(second.stdout).toContain('nothing was new');
    expect(dumpInventory(inDirectory('imported.db'))).toEqual(before);
  });

  it('names every form that can be merged in its help', async () => {
    const { stdout } = await runCli(['merge', '--help']);
    expect(stdout).toContain('tlsx -json');
  });
});

describe('a merge that cannot be', () => {
  beforeAll(async () => {
    writeFileSync(inDirectory('notes.txt'), 'remember the milk\n');
    writeFileSync(inDirectory('empty.db'), '');
    const foreign = new Database(inDirectory('foreign.db'));
    foreign.exec('create table milk (litres)');
    foreign.close();
    await save('newer.db', 1, 1);
    const newer = openDatabase(inDirectory('newer.db'), {});
    newer.pragma('user_version = 999');
    newer.close();
    await save('damaged.db', 1, 40);
    const bytes = readFileSync(inDirectory('damaged.db'));
    bytes.fill(0xff, 4096 * 3, 4096 * 14);
    writeFileSync(inDirectory('damaged.db'), bytes);
    symlinkSync(inDirectory('a.db'), inDirectory('link.db'));
    writeFileSync(inDirectory('a.db.part'), '');
  });

  it.each([
    ['a text file', 'notes.txt', 2, /notes\.txt is neither an inventory nor a file that can be imported/],
    ['an empty file', 'empty.db', 2, /empty\.db is neither an inventory nor/],
    ['nothing', 'nowhere.db', 2, /cannot read .*nowhere\.db/],
    [
      'a database of another program',
      'foreign.db',
      2,
      /foreign\.db is an SQLite database of another program/,
    ],
    ['an inventory of the future', 'newer.db', 2, /written by a newer certsweep.*upgrade certsweep/],
    ['a damaged inventory', 'damaged.db', 3, /damaged\.db is damaged/],
    ['the target itself', 'a.db', 2, /is the inventory .*a\.db itself/],
    ['a path that leads through a file', 'notes.txt/a.db', 2, /cannot read .*notes\.txt\/a\.db: ENOTDIR/],
    [
      'what an unfinished merge has left',
      'a.db.part',
      2,
      /a\.db\.part is what a merge into .*a\.db has left/,
    ],
    ['the target through a link', 'link.db', 2, /link\.db is the inventory .*a\.db itself/],
  ])(
    'says in one line what is wrong with %s, and leaves the target alone',
    async (_, file, code, message) => {
      const before = dumpInventory(inDirectory('a.db'));
      const { code: ended, stderr, stdout } = await merge('b.db', file, '--into', 'a.db');
      expect(stderr).toMatch(message);
      expect([ended, stdout]).toEqual([code, '']);
      expect(dumpInventory(inDirectory('a.db'))).toEqual(before);
    },
  );

  it('leaves the target as it was when it is killed', async () => {
    await save('target.db', 30_000, 10);
    const before = dumpInventory(inDirectory('target.db'));
    const ended = new Promise<NodeJS.Signals | null>((resolve) => {
      const watcher = watch(inDirectory('.'));
      void runCli(['merge', inDirectory('large.db'), '--into', inDirectory('target.db')], {
        started(child) {
          watcher.on('change', (_, name) => {
            if (name === 'target.db-wal') child.kill('SIGKILL');
          });
          child.once('exit', (_, signal) => {
            watcher.close();
            resolve(signal);
          });
        },
      });
    });
    if ((await ended) === 'SIGKILL') expect(dumpInventory(inDirectory('target.db'))).toEqual(before);
    const after = await merge('large.db', '--into', 'target.db');
    expect(after.stderr).toBe('');
  }, 30_000);

  it.each(['new.db.part', 'new.db'])(
    'makes no target when it is killed as %s appears, or all of it',
    async (mark) => {
      const ended = new Promise<NodeJS.Signals | null>((resolve) => {
        const watcher = watch(inDirectory('.'));
        void runCli(
          ['merge', inDirectory('large.db'), inDirectory('b.db'), '--into', inDirectory('new.db')],
          {
            started(child) {
              watcher.on('change', (_, name) => {
                if (name === mark) child.kill('SIGKILL');
              });
              child.once('exit', (_, signal) => {
                watcher.close();
                resolve(signal);
              });
            },
          },
        );
      });
      const signal = await ended;
      const isThere = existsSync(inDirectory('new.db'));
      // What is killed once the file is there has done all but tell of it.
      if (mark === 'new.db.part' && signal === 'SIGKILL') expect(isThere).toBe(false);
      const again = await merge('large.db', 'b.db', '--into', 'new.db', '--json');
      expect(again.stderr).toBe('');
      expect(JSON.parse(again.stdout)).toMatchObject({ endpoints: isThere ? 0 : 20_000 });
      expect(readdirSync(inDirectory('.')).filter((name) => name.startsWith('new.db'))).toEqual(['new.db']);
      rmSync(inDirectory('new.db'));
    },
    30_000,
  );
});

describe.skipIf(!canMount())('a merge onto a disk that is full', () => {
  let disk: SmallDisk | null = null;
  beforeAll(() => {
    disk = mountSmallDisk(1500);
  });
  afterAll(() => disk?.unmount());

  it('says so in one line, and leaves the target as it was', async () => {
    const target = path.join(disk?.directory ?? '', 'target.db');
    await runCli(['merge', inDirectory('a.db'), '--into', target]);
    const before = dumpInventory(target);
    const { code, stderr } = await runCli(['merge', inDirectory('large.db'), '--into', target]);
    expect(stderr).toMatch(/^certsweep: the disk is full, and nothing was merged: .*\n$/);
    expect(code).toBe(3);
    expect(dumpInventory(target)).toEqual(before);
  });

  it('leaves nothing of a target that it was to make', async () => {
    const target = path.join(disk?.directory ?? '', 'new.db');
    const { code, stderr } = await runCli([
      'merge',
      inDirectory('large.db'),
      inDirectory('a.db'),
      '--into',
      target,
    ]);
    expect(stderr).toMatch(/^certsweep: the disk is full, and nothing was merged: .*\n$/);
    expect(code).toBe(3);
    expect(readdirSync(path.dirname(target)).filter((name) => name.startsWith('new.db'))).toEqual([]);
  });
});
