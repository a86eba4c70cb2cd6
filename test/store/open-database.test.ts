import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, describe, expect, it } from 'vitest';
import { UsageError } from '../../src/model/usage-error.js';
import { openInventory } from '../../src/store/inventory.js';
import { InventoryError } from '../../src/store/inventory-error.js';
import { LATEST_VERSION } from '../../src/store/migrate-database.js';
import {
  APPLICATION_ID,
  DEFAULT_INVENTORY_PATH,
  type OpenOptions,
  openDatabase,
} from '../../src/store/open-database.js';
import { makeEndpoint, makeRefused, makeRun, makeTls, RUNS } from './sample-observation.js';
import { canMount, mountSmallDisk, type SmallDisk } from './small-disk.js';
import { useTemporaryDirectory } from './temporary-directory.js';

const inDirectory = useTemporaryDirectory();
const HERE = import.meta.dirname;

async function makeInventory(file: string): Promise<void> {
  const inventory = openInventory(file, { create: true });
  await inventory.startRun(makeRun());
  await inventory.saveBatch([makeTls()]);
  await inventory.close();
}

function write(file: string, text: string): string {
  writeFileSync(file, text);
  return file;
}

async function count(items: AsyncIterable<unknown>): Promise<number> {
  let n = 0;
  for await (const _ of items) n += 1;
  return n;
}

describe('opening an inventory', () => {
  it('makes a file that is its owner’s alone, marked as ours', async () => {
    const file = inDirectory('inventory.db');
    await makeInventory(file);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const database = new Database(file);
    expect(database.pragma('application_id', { simple: true })).toBe(APPLICATION_ID);
    expect(database.pragma('user_version', { simple: true })).toBe(LATEST_VERSION);
    expect(database.pragma('integrity_check', { simple: true })).toBe('ok');
    database.close();
  });

  it('makes the directory of the default place, and no other', async () => {
    const before = process.cwd();
    mkdirSync(inDirectory('home'));
    process.chdir(inDirectory('home'));
    try {
      await openInventory(DEFAULT_INVENTORY_PATH, { create: true }).close();
      expect(statSync(DEFAULT_INVENTORY_PATH).isFile()).toBe(true);
      expect(() => openInventory('elsewhere/inventory.db', { create: true })).toThrow(
        new UsageError('cannot make inventory elsewhere/inventory.db: there is no directory elsewhere'),
      );
    } finally {
      process.chdir(before);
    }
  });

  const refused: readonly (readonly [string, (file: string) => string, RegExp])[] = [
    ['a file that does not exist', (file) => file, /^there is no inventory .*: certsweep scan makes one/],
    [
      'a directory',
      (file) => mkdirSync(file, { recursive: true }) ?? file,
      /is a directory: name a file in it$/,
    ],
    ['a place below a file', (file) => path.join(write(file, ''), 'inventory.db'), /^there is no inventory/],
    ['an empty file', (file) => write(file, ''), /is empty: certsweep scan fills it/],
    [
      'a file of another kind',
      (file) => write(file, 'targets\n'.repeat(1000)),
      /is not an SQLite database: name an inventory with --db$/,
    ],
    [
      'a database of another program',
      (file) => {
        new Database(file).exec('create table notes (text)').close();
        return file;
      },
      /is an SQLite database of another program, not an inventory$/,
    ],
    [
      'the address of a PostgreSQL server',
      () => 'postgres://db.example/certs',
      /is an SQLite file: name a file$/,
    ],
  ];

  it.each(refused)('refuses %s', (_, prepare, message) => {
    const file = prepare(inDirectory('thing'));
    expect(() => openInventory(file)).toThrow(UsageError);
    expect(() => openInventory(file)).toThrow(message);
    expect(() => openInventory(file, { readOnly: true })).toThrow(message);
  });

  it('leaves a database of another program as it is, even when it may create', () => {
    const file = inDirectory('notes.db');
    new Database(file).exec('create table notes (text)').close();
    const before = readFileSync(file);
    expect(() => openInventory(file, { create: true })).toThrow(/of another program/);
    expect(readFileSync(file)).toEqual(before);
  });

  it('refuses an inventory of a newer version, and leaves it as it is', async () => {
    const file = inDirectory('inventory.db');
    await makeInventory(file);
    const database = new Database(file);
    database.pragma(`user_version = ${LATEST_VERSION + 1}`);
    database.close();
    for (const options of [{}, { create: true }, { readOnly: true }])
      expect(() => openInventory(file, options)).toThrow(
        new UsageError(
          `inventory ${file} was written by a newer certsweep (schema ${LATEST_VERSION + 1}, this one knows up to ${LATEST_VERSION}): upgrade certsweep`,
        ),
      );
  });

  it('brings an old schema up to date before it is read, but not where it is to be copied as it is', async () => {
    const file = inDirectory('inventory.db');
    const database = new Database(file);
    database.pragma(`application_id = ${APPLICATION_ID}`);
    database.close();
    const schemaOf = (options: OpenOptions) => {
      const opened = openDatabase(file, options);
      const version = opened.pragma('user_version', { simple: true });
      opened.close();
      return version;
    };
    expect(schemaOf({ readOnly: true, anyVersion: true })).toBe(0);
    expect(schemaOf({ readOnly: true })).toBe(LATEST_VERSION);
    expect(schemaOf({ readOnly: true, anyVersion: true })).toBe(LATEST_VERSION);
  });

  it('says that a damaged inventory is damaged', async () => {
    const file = inDirectory('inventory.db');
    await makeInventory(file);
    truncateSync(file, 8192);
    const attempt = async () => {
      const inventory = openInventory(file, { readOnly: true });
      try {
        await count(inventory.records());
      } finally {
        await inventory.close();
      }
    };
    await expect(attempt()).rejects.toThrow(InventoryError);
    await expect(attempt()).rejects.toThrow(/is damaged .*: restore a backup, or save what can be read/);
  });

  it('lets several processes make and fill one inventory at the same time', async () => {
    const file = inDirectory('inventory.db');
    const writers = RUNS.map((run, i) => {
      const args = ['--import', 'tsx', path.join(HERE, 'write-batches.ts'), file, run, `${i * 50 + 1}`, '40'];
      return spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'] });
    });
    const codes = await Promise.all(writers.map(async (writer) => (await once(writer, 'exit'))[0]));
    expect(codes).toEqual([0, 0]);
    const inventory = openInventory(file, { readOnly: true });
    expect(await count(inventory.records())).toBe(80);
    await inventory.close();
  });

  it('says that another process holds the lock, once it has waited', async () => {
    const file = inDirectory('inventory.db');
    await makeInventory(file);
    const holder = new Database(file);
    holder.exec('begin immediate');
    const inventory = openInventory(file, { busyTimeoutMs: 20 });
    await expect(inventory.saveBatch([makeRefused()])).rejects.toThrow(
      new InventoryError(
        `inventory ${file} is locked by another process: let that one finish, or find it with fuser ${file}`,
      ),
    );
    expect(await count(inventory.records())).toBe(1);
    holder.exec('rollback');
    holder.close();
    await inventory.saveBatch([makeRefused(makeEndpoint({ port: 1 }))]);
    expect(await count(inventory.records({ withOutcomes: true }))).toBe(2);
    await inventory.close();
  });
});

const mountable = canMount();

describe.skipIf(!mountable)(
  `a disk of its own (${mountable ? 'mounted' : 'SKIPPED: needs root to mount'})`,
  () => {
    let disk: SmallDisk | null = null;
    afterEach(() => {
      disk?.unmount();
      disk = null;
    });

    function smallDisk(kibibytes: number): SmallDisk {
      disk = mountSmallDisk(kibibytes);
      if (!disk) throw new Error('cannot mount');
      return disk;
    }

    it('that fills up costs the last batch only', async () => {
      const file = path.join(smallDisk(1024).directory, 'inventory.db');
      const inventory = openInventory(file, { create: true });
      await inventory.startRun(makeRun());
      let saved = 0;
      let failure: unknown;
      for (let i = 0; i < 200 && failure === undefined; i += 1) {
        const batch = Array.from({ length: 100 }, (_, j) =>
          makeTls(makeEndpoint({ port: i * 100 + j + 1 }), [`${i} ${j}`]),
        );
        try {
          await inventory.saveBatch(batch);
          saved += batch.length;
        } catch (error) {
          failure = error;
        }
      }
      expect(failure).toBeInstanceOf(InventoryError);
      expect(failure).toHaveProperty(
        'message',
        `the disk is full: the last batch was not saved, all that was saved before it is whole; free some space on the disk of ${file}, or name an inventory elsewhere with --db`,
      );
      expect(saved).toBeGreaterThan(0);
      expect(await count(inventory.records())).toBe(saved);
      await inventory.close();
    });

    it('that is full already makes no inventory', () => {
      const { directory } = smallDisk(64);
      expect(() => {
        writeFileSync(path.join(directory, 'ballast'), Buffer.alloc(60 * 1024));
        openInventory(path.join(directory, 'inventory.db'), { create: true });
      }).toThrow(/^the disk is full: free some space on the disk of/);
    });

    it('that is read-only can be read, and is named where it should be written', async () => {
      const { directory, makeReadOnly } = smallDisk(1024);
      const file = path.join(directory, 'inventory.db');
      await makeInventory(file);
      makeReadOnly();
      expect(() => openInventory(path.join(directory, 'new.db'), { create: true })).toThrow(UsageError);
      expect(() => openInventory(path.join(directory, 'new.db'), { create: true })).toThrow(
        /^cannot write inventory .*new\.db \(.*\): the file and its directory must be yours to read and to write$/,
      );
      expect(() => openInventory(file)).toThrow(/^cannot write inventory/);
      const inventory = openInventory(file, { readOnly: true });
      expect(await count(inventory.records())).toBe(1);
      await inventory.close();
    });
  },
);
