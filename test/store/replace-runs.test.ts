import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../src/model/outcome.js';
import type { Revocation } from '../../src/model/revocation.js';
import type { SavedReport } from '../../src/model/saved-report.js';
import { copyInventory } from '../../src/store/copy-inventory.js';
import { type Inventory, openInventory } from '../../src/store/inventory.js';
import { mergeInventories } from '../../src/store/merge-inventories.js';
import { openDatabase } from '../../src/store/open-database.js';
import type { RunsReplaced } from '../../src/store/replace-runs.js';
import type { JudgedObservation } from '../../src/store/save-observations.js';
import { verifyInventory } from '../../src/store/verify-inventory.js';
import { dumpInventory } from './dump-inventory.js';
import {
  fingerprint,
  makeDer,
  makeEndpoint,
  makeFacts,
  makeRefused,
  makeRun,
  makeTls,
  RUNS,
} from './sample-observation.js';
import { canMount, mountSmallDisk } from './small-disk.js';
import { useTemporaryDirectory } from './temporary-directory.js';

const inDirectory = useTemporaryDirectory();

const [OLD, NEW] = RUNS;
const OTHER = '0193b7c0-0000-7000-8000-000000000003';
const MINUTES_MS = 60_000;
const START = Date.parse('2026-11-22T10:00:00.000Z');
const timeOf = (minute: number) => new Date(START + minute * MINUTES_MS).toISOString();
const END = { state: 'completed', endedAt: timeOf(60) } as const;

const REPORT: SavedReport = {
  name: 'weekly',
  title: null,
  of: 'endpoints',
  fields: null,
  where: null,
  sort: null,
  limit: null,
  outcomes: false,
  format: 'csv',
  out: 'weekly.csv',
  schedule: null,
  recipients: [],
};

interface Seen {
  readonly port: number;
  readonly minute: number;
  /** Null: it refused. */
  readonly leaf: string | null;
}

/** Saves what a run has seen; it has not ended then. */
async function save(
  inventory: Inventory,
  run: string,
  seen: readonly Seen[],
  isProvisional = false,
): Promise<void> {
  await inventory.startRun({ ...makeRun(run), ...(isProvisional && { isProvisional }) });
  await inventory.saveBatch(
    seen.map(({ leaf, minute, port }) => {
      const changes = { run, observedAt: timeOf(minute) };
      const endpoint = makeEndpoint({ port });
      return leaf === null ? makeRefused(endpoint, changes) : makeTls(endpoint, [leaf, 'ca'], changes);
    }),
  );
}

async function finish(inventory: Inventory, run: string): Promise<void> {
  await inventory.finishRun(run, { ...END, counts: await inventory.countOutcomes(run) });
}

async function replace(inventory: Inventory, run: string = NEW): Promise<RunsReplaced> {
  const counts = await inventory.countOutcomes(run);
  return inventory.finishReplacingRun(run, { endedAt: END.endedAt, counts });
}

async function saveUnseen(inventory: Inventory, run: string, port: number, outcome: Outcome): Promise<void> {
  const { judgement, observation } = makeRefused(makeEndpoint({ port }), { run, observedAt: timeOf(9) });
  const judged: JudgedObservation = { judgement, observation: { ...observation, outcome } };
  await inventory.saveBatch([judged]);
}

const faultsOf = (file: string) => verifyInventory(file, { readSpki: () => '' });

const seenOnce = fc.uniqueArray(
  fc.record({
    minute: fc.integer({ min: 1, max: 4 }),
    port: fc.integer({ min: 1, max: 4 }),
    leaf: fc.constantFrom(null, null, 'a', 'b', 'c'),
  }),
  { maxLength: 10, selector: ({ minute, port }) => `${minute} ${port}` },
);

describe('a run that replaces all others', () => {
  it('leaves an inventory that knows it alone, whatever was observed', async () => {
    let count = 0;
    await fc.assert(
      fc.asyncProperty(seenOnce, seenOnce, seenOnce, async (before, between, after) => {
        count += 1;
        const [file, fresh] = [inDirectory(`${count}.db`), inDirectory(`${count}-fresh.db`)];
        const inventory = openInventory(file, { create: true });
        await save(inventory, OLD, before);
        await finish(inventory, OLD);
        // One that was to replace others, and was interrupted.
        await save(inventory, OTHER, between, true);
        await inventory.finishRun(OTHER, { ...END, state: 'interrupted', counts: {} });
        await save(inventory, NEW, after, true);
        const { doubt, removed } = await replace(inventory);
        await inventory.close();
        const hasLeaf = (seen: readonly Seen[]) => seen.some(({ leaf }) => leaf !== null);
        expect(doubt === null).toBe(!hasLeaf(before) || hasLeaf(after));
        if (doubt !== null) return;
        expect(removed).toBe(2);
        const alone = openInventory(fresh, { create: true });
        await save(alone, NEW, after);
        await finish(alone, NEW);
        await alone.close();
        expect(dumpInventory(file)).toEqual(dumpInventory(fresh));
        expect(faultsOf(file)).toEqual([]);
      }),
      { numRuns: 25 },
    );
  }, 60_000);

  it('keeps what people and CAs say, reports, what comparing keys came to, and certificates from elsewhere', async () => {
    const file = inDirectory('inventory.db');
    const inventory = openInventory(file, { create: true });
    await save(inventory, OLD, [{ port: 1, minute: 1, leaf: 'old' }]);
    await finish(inventory, OLD);
    const gone = fingerprint(makeDer('old'));
    await inventory.annotate(
      [
        { kind: 'certificate', fingerprint: gone },
        { kind: 'endpoint', endpoint: makeEndpoint({ port: 1 }) },
      ],
      { owner: 'Jane' },
      timeOf(2),
    );
    await inventory.saveReport(REPORT, timeOf(2));
    const revoked: Revocation = { status: 'revoked', source: 'http://ocsp.example', at: null, reason: null };
    await inventory.saveRevocation(gone, revoked, new Date(timeOf(99)));
    await inventory.saveKeyComparison({ keys: [gone], sharing: [] }, []);
    await inventory.saveCertificates([{ der: makeDer('from disk'), facts: makeFacts('from disk') }]);
    await save(inventory, NEW, [{ port: 2, minute: 3, leaf: 'new' }], true);
    expect(await replace(inventory)).toEqual({ doubt: null, removed: 1, goingOn: [] });
    const read = (query: string) => openDatabase(file, { readOnly: true }).prepare(query).pluck().all();
    expect(read('select common_name from certificate order by 1')).toEqual([
      'ca.example',
      'from disk.example',
      'new.example',
    ]);
    expect(read('select count(*) from annotation')).toEqual([2]);
    expect(read('select name from saved_report')).toEqual(['weekly']);
    expect(read('select lower(hex(certificate_sha256)) from revocation_answer')).toEqual([gone]);
    expect(read('select count(*) from key_comparison')).toEqual([1]);
    expect(await inventory.runs()).toMatchObject([{ id: NEW, state: 'completed', counts: { tls: 1 } }]);
    const overview = await inventory.overview(new Date());
    expect([overview.endpoints, overview.runs.length]).toEqual([1, 1]);
    // What the connection knew of facts that are gone is of no harm.
    await save(inventory, OTHER, [{ port: 1, minute: 5, leaf: 'old' }]);
    await inventory.close();
    expect(faultsOf(file)).toEqual([]);
  });

  it('leaves alone what may be going on elsewhere', async () => {
    const inventory = openInventory(inDirectory('inventory.db'), { create: true });
    await save(inventory, OLD, [{ port: 1, minute: 1, leaf: 'old' }]);
    await save(inventory, NEW, [{ port: 2, minute: 2, leaf: 'new' }], true);
    expect(await replace(inventory)).toEqual({ doubt: null, removed: 0, goingOn: [OLD] });
    expect((await inventory.runs()).map(({ id }) => id)).toEqual([NEW, OLD]);
    const ports: number[] = [];
    for await (const { endpoint } of inventory.records()) ports.push(endpoint.port);
    expect(ports).toEqual([1, 2]);
    await inventory.close();
  });

  describe.each<[string, readonly Seen[], Outcome | null, RegExp]>([
    ['has found no certificate', [{ port: 1, minute: 2, leaf: null }], null, /no certificate, .*1 endpoint/],
    ['has given up what had a certificate', [{ port: 2, minute: 2, leaf: 'new' }], 'cancelled', /gave up 1/],
    ['has failed at what had a certificate', [{ port: 2, minute: 2, leaf: 'new' }], 'internal', /a fault/],
  ])('when it %s', (_, seen, unseen, reason) => {
    it('takes nothing away, and can be asked again', async () => {
      const file = inDirectory('inventory.db');
      const inventory = openInventory(file, { create: true });
      await save(inventory, OLD, [{ port: 1, minute: 1, leaf: 'old' }]);
      await finish(inventory, OLD);
      await save(inventory, NEW, seen, true);
      if (unseen !== null) await saveUnseen(inventory, NEW, 1, unseen);
      const before = dumpInventory(file);
      const { doubt, removed } = await replace(inventory);
      expect(doubt).toMatch(reason);
      expect(removed).toBe(0);
      expect(dumpInventory(file)).toEqual(before);
      // Once it has seen the endpoint after all, nothing speaks against it.
      await save(inventory, NEW, [{ port: 1, minute: 10, leaf: 'new' }]);
      expect(await replace(inventory)).toMatchObject({ doubt: null, removed: 1 });
      await inventory.close();
    });
  });

  it('may have given up what was silent before, too', async () => {
    const inventory = openInventory(inDirectory('inventory.db'), { create: true });
    await save(inventory, OLD, [
      { port: 1, minute: 1, leaf: 'old' },
      { port: 2, minute: 1, leaf: null },
    ]);
    await finish(inventory, OLD);
    await save(inventory, NEW, [{ port: 1, minute: 2, leaf: 'new' }], true);
    await saveUnseen(inventory, NEW, 2, 'cancelled');
    expect(await replace(inventory)).toMatchObject({ doubt: null, removed: 1 });
    await inventory.close();
  });

  it.skipIf(!canMount())('takes nothing away when the disk is full, and can be asked again', async () => {
    const disk = mountSmallDisk(8192);
    if (disk === null) throw new Error('the disk cannot be mounted any more');
    try {
      const file = path.join(disk.directory, 'inventory.db');
      const seen = Array.from({ length: 500 }, (_, port) => ({
        port: port + 1,
        minute: 1,
        leaf: `leaf ${port}`,
      }));
      const first = openInventory(file, { create: true });
      await save(first, OLD, seen);
      await finish(first, OLD);
      await save(first, NEW, seen.slice(1), true);
      await first.close();
      const inventory = openInventory(file);
      const before = dumpInventory(file);
      const filler = path.join(disk.directory, 'filler');
      expect(() => writeFileSync(filler, Buffer.alloc(8192 * 1024))).toThrow('ENOSPC');
      await expect(replace(inventory)).rejects.toThrow('the disk is full');
      expect(dumpInventory(file)).toEqual(before);
      rmSync(filler);
      expect(await replace(inventory)).toEqual({ doubt: null, removed: 1, goingOn: [] });
      await inventory.close();
    } finally {
      disk.unmount();
    }
  });

  it('stays one where it is merged, until it has come to its end on either side', async () => {
    const [open, ended] = [inDirectory('open.db'), inDirectory('ended.db')];
    const inventory = openInventory(open, { create: true });
    await save(inventory, OLD, [{ port: 1, minute: 1, leaf: 'old' }]);
    await finish(inventory, OLD);
    await save(inventory, NEW, [{ port: 2, minute: 2, leaf: 'new' }], true);
    await inventory.finishRun(NEW, { ...END, state: 'interrupted', counts: { tls: 1 } });
    await inventory.close();
    await copyInventory(open, ended);
    const resumed = openInventory(ended);
    await save(resumed, NEW, [{ port: 3, minute: 3, leaf: 'newer' }]);
    await replace(resumed);
    await resumed.close();

    const merge = async (into: string, from: string): Promise<readonly [number[], string[]]> => {
      const [copy, target] = [inDirectory('copy.db'), inDirectory(into)];
      rmSync(copy, { force: true });
      await copyInventory(from, copy);
      mergeInventories(target, [copy]);
      expect(faultsOf(target)).toEqual([]);
      const merged = openInventory(target);
      const ports: number[] = [];
      for await (const { endpoint } of merged.records()) ports.push(endpoint.port);
      const provisional = (await merged.runs()).filter(({ isProvisional }) => isProvisional);
      await merged.close();
      return [ports, provisional.map(({ id }) => id)];
    };
    expect(await merge('new.db', open)).toEqual([[1], [NEW]]);
    expect(await merge('new.db', ended)).toEqual([[1, 2, 3], []]);
    expect(await merge('new.db', open)).toEqual([[1, 2, 3], []]);
    expect(await merge('ended.db', open)).toEqual([[1, 2, 3], []]);
  });

  it('has to be known as one', async () => {
    const inventory = openInventory(inDirectory('inventory.db'), { create: true });
    await save(inventory, OLD, []);
    await expect(replace(inventory, OLD)).rejects.toThrow('that is to replace others');
    await inventory.close();
  });
});
