import { copyFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { Kysely, SqliteDialect } from 'kysely';
import { describe, expect, it } from 'vitest';
import type { AnnotationSubject } from '../../src/model/annotation-subject.js';
import type { SavedReport } from '../../src/model/saved-report.js';
import { copyInventory } from '../../src/store/copy-inventory.js';
import { openInventory } from '../../src/store/inventory.js';
import { type MergedInventories, mergeInventories } from '../../src/store/merge-inventories.js';
import * as migrations from '../../src/store/migrations/index.js';
import { APPLICATION_ID, openDatabase } from '../../src/store/open-database.js';
import { rebuildCurrentEndpoints } from '../../src/store/rebuild-current-endpoints.js';
import type { JudgedObservation } from '../../src/store/save-observations.js';
import { verifyInventory } from '../../src/store/verify-inventory.js';
import { makePosture } from '../fixtures/make-posture.js';
import { dumpInventory } from './dump-inventory.js';
import {
  EXPIRING,
  fingerprint,
  makeDer,
  makeEndpoint,
  makeFacts,
  makeRefused,
  makeRun,
  makeTls,
  RUNS,
} from './sample-observation.js';
import { useTemporaryDirectory } from './temporary-directory.js';

const inDirectory = useTemporaryDirectory();

const MIDNIGHT = Date.parse('2026-11-23T00:00:00.000Z');
const WAIVED = {
  ...EXPIRING,
  waived: { owner: 'Jane', reason: 'old', until: '2027-01-01T00:00:00.000Z' },
};
const ENDPOINTS = [
  makeEndpoint(),
  makeEndpoint({ address: '192.0.2.8' }),
  makeEndpoint({ address: '192.0.2.200' }),
  makeEndpoint({ address: '2001:db8::1' }),
  makeEndpoint({ host: 'mail.example', serverName: 'mail.example', protocol: 'smtp', port: 25 }),
];

const REPORT: SavedReport = {
  name: 'x',
  title: null,
  of: 'endpoints',
  fields: null,
  where: null,
  sort: null,
  limit: null,
  outcomes: false,
  format: 'csv',
  out: '1.csv',
  schedule: null,
  recipients: [],
};

interface Seen {
  readonly endpoint: number;
  readonly run: number;
  readonly at: number;
  readonly kind: 'refused' | 'timeout' | 'cancelled' | 'tls' | 'told' | 'posture' | 'judged';
  readonly leaf: string;
}

/** What is done to an inventory, in this order. */
interface Story {
  /** Inventories of two sites share no run. */
  readonly site: 'here' | 'there';
  readonly seen: readonly Seen[];
  /** Moments at which its runs started, besides midnight. */
  readonly shift: readonly number[];
  readonly states: readonly ('running' | 'interrupted' | 'completed')[];
  readonly regraded: readonly { readonly index: number; readonly at: number; readonly grade: string }[];
  readonly reports: readonly { readonly name: string; readonly out: string; readonly at: number }[];
  readonly said: readonly { readonly owner: string; readonly at: number }[];
  readonly compared: readonly string[];
  readonly done: number;
}

const stories: fc.Arbitrary<Story> = fc.record({
  site: fc.constantFrom('here', 'there'),
  seen: fc.array(
    fc.record({
      endpoint: fc.nat({ max: ENDPOINTS.length - 1 }),
      run: fc.nat({ max: 1 }),
      at: fc.nat({ max: 3 }),
      kind: fc.constantFrom(
        'refused',
        'refused',
        'timeout',
        'cancelled',
        'tls',
        'tls',
        'told',
        'posture',
        'judged',
      ),
      leaf: fc.constantFrom('a', 'a', 'a', 'b'),
    }),
    { maxLength: 10 },
  ),
  shift: fc.tuple(fc.constantFrom(0, 0, 0, 250), fc.constant(0)),
  states: fc.tuple(
    fc.constantFrom('running', 'interrupted', 'completed'),
    fc.constantFrom('interrupted', 'completed'),
  ),
  regraded: fc.array(
    fc.record({ index: fc.nat({ max: 7 }), at: fc.constantFrom(5, 6), grade: fc.constantFrom('B', 'C') }),
    { maxLength: 2 },
  ),
  reports: fc.array(
    fc.record({
      name: fc.constantFrom('x', 'y'),
      out: fc.constantFrom('1.csv', '2.csv'),
      at: fc.nat({ max: 2 }),
    }),
    {
      maxLength: 2,
    },
  ),
  said: fc.array(fc.record({ owner: fc.constantFrom('Jane', 'Joe'), at: fc.constantFrom(1, 2) }), {
    maxLength: 2,
  }),
  compared: fc.subarray(['a', 'b', 'c']),
  done: fc.nat({ max: 5 }),
});

/** Ids of the runs of a site. */
function runsOf(site: Story['site']): readonly string[] {
  return site === 'here' ? RUNS : RUNS.map((run) => run.replace('-8000-', '-9000-'));
}

function judgedOf({ at, endpoint, kind, leaf, run }: Seen, site: Story['site'] = 'here'): JudgedObservation {
  const where = ENDPOINTS[endpoint] ?? makeEndpoint();
  const seen = {
    run: runsOf(site)[run] ?? RUNS[0],
    observedAt: new Date(MIDNIGHT + 1000 + at * 100).toISOString(),
  };
  if (kind === 'tls' || kind === 'told' || kind === 'posture') {
    const facts = makeFacts(leaf, kind === 'told' ? { issuer: 'CN=told' } : {});
    const presented = { presented: [facts], findings: [leaf === 'a' ? EXPIRING : WAIVED] };
    const judged = makeTls(where, [leaf], { ...seen, judgement: presented });
    const { handshake } = judged.observation;
    if (kind === 'tls' || !handshake) return judged;
    if (kind === 'posture') {
      const posture = makePosture({ heartbeat: leaf === 'a' });
      const otherChains = [[makeDer('other')], [makeDer(leaf), makeDer('other')]];
      return { ...judged, observation: { ...judged.observation, posture, otherChains } };
    }
    return {
      ...judged,
      observation: { ...judged.observation, handshake: { ...handshake, presentedChain: [] } },
      toldChain: [fingerprint(makeDer(leaf))],
    };
  }
  const judged = makeRefused(where, seen);
  if (kind === 'timeout' || kind === 'cancelled')
    return {
      ...judged,
      observation: {
        ...judged.observation,
        outcome: kind === 'timeout' ? 'connect-timeout' : 'cancelled',
        failure: { stage: 'connect', code: 'ETIMEDOUT', detail: 'no answer' },
      },
    };
  if (kind === 'refused') return judged;
  return { ...judged, judgement: { ...judged.judgement, findings: [{ ...EXPIRING, subject: null }] } };
}

async function tell(file: string, story: Story): Promise<void> {
  const inventory = openInventory(inDirectory(file), { create: true });
  const runs = runsOf(story.site);
  for (const [index, run] of runs.entries()) {
    const startedAt = new Date(MIDNIGHT - (story.shift[index] ?? 0)).toISOString();
    await inventory.startRun({ ...makeRun(run), startedAt }, { first: [index], without: [] });
  }
  const all = story.seen.map((each) => judgedOf(each, story.site));
  await inventory.saveEntries(runs[0] ?? '', [{ entry: 0, observations: all }], {
    planDigest: 'digest',
    doneBefore: story.done,
    doneBeyond: Uint8Array.of(4),
    extra: story.done,
  });
  for (const { at, grade, index } of story.regraded) {
    const judged = all[index];
    if (judged)
      await inventory.replaceJudgements(
        [{ ...judged, judgement: { ...judged.judgement, grade } }],
        new Date(at).toISOString(),
      );
  }
  const keys = story.compared.map((each) => fingerprint(Buffer.from(`key of ${each}`)));
  await inventory.saveKeyComparison(
    { keys, sharing: [] },
    story.compared.map((each) => ({
      fingerprint: fingerprint(makeDer(each)),
      finding: { ...(each === 'a' ? WAIVED : EXPIRING), message: `with ${story.compared.length} others` },
    })),
  );
  const subject: AnnotationSubject = { kind: 'endpoint', endpoint: makeEndpoint() };
  for (const { at, owner } of story.said)
    await inventory.annotate([subject], { owner, addTags: [owner] }, new Date(at).toISOString());
  for (const { at, name, out } of story.reports)
    await inventory.saveReport({ ...REPORT, name, out }, new Date(at).toISOString());
  await inventory.saveRevocation(
    'ab'.repeat(32),
    story.done % 2 === 0
      ? { status: 'good', source: 'http://ocsp.example' }
      : { status: 'revoked', at: story.done, reason: 'keyCompromise', source: 'http://ocsp.example' },
    new Date(MIDNIGHT + (story.done % 3)),
  );
  for (const [index, run] of runs.entries()) {
    const state = story.states[index] ?? 'completed';
    if (state === 'running') continue;
    const counts = await inventory.countOutcomes(run);
    await inventory.finishRun(run, { counts, state, endedAt: new Date(MIDNIGHT + index).toISOString() });
  }
  await inventory.close();
}

let count = 0;

/** Merges inventories into a new one. */
async function mergeAll(...files: readonly string[]): Promise<{ file: string; merged: MergedInventories }> {
  count += 1;
  const file = `merged-${count}.db`;
  let merged: MergedInventories | undefined;
  for (const [index, each] of files.entries()) {
    const copy = inDirectory(`copy-${count}-${index}.db`);
    await copyInventory(inDirectory(each), copy);
    merged = mergeInventories(inDirectory(file), [copy]);
  }
  if (merged === undefined) throw new Error('nothing to merge');
  return { file, merged };
}

const dump = (file: string) => dumpInventory(inDirectory(file));

/** What is wrong in an inventory; nobody has sent real certificates here. */
function verify(file: string): unknown[] {
  copyFileSync(inDirectory(file), inDirectory(`verified ${file}`));
  return verifyInventory(inDirectory(`verified ${file}`), { readSpki: () => '' });
}

/** What an inventory holds when its view is made anew from the facts. */
function dumpRebuilt(file: string): Record<string, unknown[]> {
  copyFileSync(inDirectory(file), inDirectory(`rebuilt ${file}`));
  const database = openDatabase(inDirectory(`rebuilt ${file}`), {});
  rebuildCurrentEndpoints(database);
  database.close();
  return dump(`rebuilt ${file}`);
}

/** What is packed belongs to no endpoint that has rows. */
function listDoubleEndpoints(file: string): unknown[] {
  const database = openDatabase(inDirectory(file), { readOnly: true });
  try {
    const packed = new Set(
      database
        .prepare<[], { block: Buffer; port: number; protocol: string; entries: Buffer }>(
          'select block, port, protocol, entries from bare_observation',
        )
        .all()
        .flatMap(({ block, entries, port, protocol }) =>
          Array.from({ length: entries.length / 4 }, (_, i) => {
            const address = Buffer.alloc(block.length <= 4 ? 4 : 16);
            address.set(block);
            address[address.length - 1] = entries[i * 4] ?? 0;
            return `${address.toString('hex')} ${port} ${protocol}`;
          }),
        ),
    );
    const rows = database
      .prepare<[], string>(
        `select lower(hex(address)) || ' ' || port || ' ' || protocol from endpoint where host = '' and server_name = ''`,
      )
      .pluck()
      .all();
    return [
      ...rows.filter((each) => packed.has(each)),
      ...(database.pragma('foreign_key_check') as unknown[]),
    ];
  } finally {
    database.close();
  }
}

describe('merging inventories', () => {
  it('is a set union: commutative, associative and idempotent, whatever they hold', async () => {
    await fc.assert(
      fc.asyncProperty(stories, stories, stories, async (...told) => {
        count += 1;
        const files = told.map((_, index) => `${count}-${index}.db`);
        for (const [index, story] of told.entries()) await tell(files[index] ?? '', story);
        const [a = '', b = '', c = ''] = files;
        const ab = await mergeAll(a, b);
        const ba = await mergeAll(b, a);
        expect(dump(ba.file)).toEqual(dump(ab.file));
        expect(dumpRebuilt(ab.file)).toEqual(dump(ab.file));
        expect(listDoubleEndpoints(ab.file)).toEqual([]);
        const left = await mergeAll(ab.file, c);
        const bc = await mergeAll(b, c);
        const right = await mergeAll(a, bc.file);
        expect(dump(right.file)).toEqual(dump(left.file));
        expect(dumpRebuilt(right.file)).toEqual(dump(right.file));
        expect(verify(right.file)).toEqual([]);
        expect(listDoubleEndpoints(right.file)).toEqual([]);
        const again = await mergeAll(left.file, a, left.file);
        expect(dump(again.file)).toEqual(dump(left.file));
        expect(again.merged).toEqual({
          added: { runs: 0, endpoints: 0, observations: 0, certificates: 0 },
          annotations: 0,
        });
        expect(dump((await mergeAll(a)).file)).toEqual(dump(a));
      }),
      { numRuns: 30 },
    );
  }, 240_000);

  it('merges more inventories than can be attached at once', async () => {
    const copies: string[] = [];
    for (let port = 1; port <= 11; port += 1) {
      await saveSome(`${port}.db`, [makeTls(makeEndpoint({ port }))]);
      copies.push(inDirectory(`copy of ${port}.db`));
      await copyInventory(inDirectory(`${port}.db`), inDirectory(`copy of ${port}.db`));
    }
    const merged = mergeInventories(inDirectory('all.db'), copies);
    expect(merged.added).toEqual({ runs: 1, endpoints: 11, observations: 11, certificates: 2 });
  });

  it('joins the parts of a run that was resumed elsewhere', async () => {
    await saveSome('one.db', [makeTls(makeEndpoint({ port: 1 }))], 'interrupted', [1, 0b100]);
    await saveSome('other.db', [makeRefused(makeEndpoint({ port: 2 }))], 'completed', [2, 0]);
    const { file } = await mergeAll('one.db', 'other.db');
    const inventory = openInventory(inDirectory(file), { readOnly: true });
    const [run] = await inventory.runs();
    expect(run).toMatchObject({ state: 'completed', counts: { tls: 1, refused: 1 } });
    const progress = await inventory.progress(RUNS[0]);
    expect(progress).toMatchObject({ doneBefore: 2, doneBeyond: Uint8Array.of(0b10) });
    await inventory.close();
  });

  it('takes over the bytes of a certificate that was known by hearsay, and not the other way round', async () => {
    const [told, sent] = (['told', 'tls'] as const).map((kind) =>
      judgedOf({ at: 0, endpoint: 0, kind, leaf: 'a', run: 0 }),
    );
    if (!told || !sent) throw new Error('nothing to save');
    await saveSome('told.db', [told]);
    await saveSome('sent.db', [sent]);
    for (const order of [
      ['told.db', 'sent.db'],
      ['sent.db', 'told.db'],
    ]) {
      const { file } = await mergeAll(...order);
      const inventory = openInventory(inDirectory(file), { readOnly: true });
      expect(await inventory.certificateDer(fingerprint(makeDer('a')))).not.toBeNull();
      await inventory.close();
    }
  });

  it('says that the target is locked, and leaves it as it is', async () => {
    await saveSome('target.db', [makeTls()]);
    await saveSome('source.db', [makeTls(makeEndpoint({ port: 2 }))]);
    const before = dump('target.db');
    const writer = openDatabase(inDirectory('target.db'), {});
    writer.exec('begin immediate');
    const merge = () =>
      mergeInventories(inDirectory('target.db'), [inDirectory('source.db')], { busyTimeoutMs: 1 });
    expect(merge).toThrow(/is locked by another process/);
    writer.close();
    expect(dump('target.db')).toEqual(before);
  });

  it('leaves no target behind that it made for a merge that fails', async () => {
    await saveSome('source.db', [makeTls()]);
    const source = openDatabase(inDirectory('source.db'), {});
    source.exec('drop table annotation');
    source.close();
    expect(() => mergeInventories(inDirectory('new.db'), [inDirectory('source.db')])).toThrow(/annotation/);
    expect(existsSync(inDirectory('new.db'))).toBe(false);
  });

  it('copies inventories of an older schema, and leaves them as they are', async () => {
    const old = new Database(inDirectory('old.db'));
    const db = new Kysely<unknown>({ dialect: new SqliteDialect({ database: old }) });
    for (const migration of Object.values(migrations).sort((a, b) => a.version - b.version))
      if (migration.version <= 2)
        for (const statement of migration.statements(db)) old.exec(statement.compile().sql);
    old.pragma('user_version = 2');
    old.pragma(`application_id = ${APPLICATION_ID}`);
    old.exec(`insert into scan_run (uuid, definition, started_at, state, plan_size, counts)
      values ('${RUNS[0]}', '{}', 0, 'completed', 1, '{}')`);
    old.close();
    const before = readFileSync(inDirectory('old.db'));
    const { merged } = await mergeAll('old.db');
    expect(merged.added).toMatchObject({ runs: 1, endpoints: 0, observations: 0 });
    expect(readFileSync(inDirectory('old.db')).equals(before)).toBe(true);
  });

  it('refuses damaged inventories by their own name', async () => {
    await saveSome('damaged.db', [makeTls()]);
    const bytes = readFileSync(inDirectory('damaged.db'));
    bytes.fill(0xff, 4096 * 3, 4096 * 12);
    writeFileSync(inDirectory('damaged.db'), bytes);
    await expect(copyInventory(inDirectory('damaged.db'), inDirectory('copy.db'))).rejects.toThrow(
      /damaged\.db is damaged/,
    );
  });
});

async function saveSome(
  file: string,
  observations: readonly JudgedObservation[],
  state: 'completed' | 'interrupted' = 'completed',
  [doneBefore, beyond]: readonly [number, number] = [1, 0],
): Promise<void> {
  const inventory = openInventory(inDirectory(file), { create: true });
  await inventory.startRun(makeRun());
  await inventory.saveEntries(RUNS[0], [{ entry: 0, observations }], {
    planDigest: 'digest',
    doneBefore,
    doneBeyond: Uint8Array.of(beyond),
    extra: 0,
  });
  await inventory.finishRun(RUNS[0], {
    state,
    counts: await inventory.countOutcomes(RUNS[0]),
    endedAt: '2026-11-22T11:00:00.000Z',
  });
  await inventory.close();
}
