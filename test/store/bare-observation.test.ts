import { statSync } from 'node:fs';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Endpoint } from '../../src/model/endpoint.js';
import { isBareObservation } from '../../src/store/bare-observation.js';
import { type Inventory, openInventory } from '../../src/store/inventory.js';
import type { RecordQuery } from '../../src/store/record-query.js';
import type { JudgedObservation } from '../../src/store/save-observations.js';
import { EXPIRING, makeEndpoint, makeRefused, makeRun, makeTls, RUNS } from './sample-observation.js';
import { useTemporaryDirectory } from './temporary-directory.js';

const inDirectory = useTemporaryDirectory();

async function openStarted(name = 'inventory.db'): Promise<Inventory> {
  const inventory = openInventory(inDirectory(name), { create: true });
  for (const run of RUNS) await inventory.startRun(makeRun(run));
  return inventory;
}

async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}

/** Rows of a table, read by another connection. */
function count(table: string, name = 'inventory.db'): unknown {
  const database = new Database(inDirectory(name), { readonly: true });
  const rows = database.prepare(`select count(*) from ${table}`).pluck().get();
  database.close();
  return rows;
}

describe('bare observations', () => {
  const refused = makeRefused();
  const { observation, judgement } = refused;

  it.each<[string, JudgedObservation, boolean]>([
    ['a refusal', refused, true],
    ['a refusal by IPv6', makeRefused(makeEndpoint({ address: '2001:db8::1' })), true],
    [
      'the protocol of the plan',
      { observation: { ...observation, plannedProtocol: 'tls' }, judgement },
      true,
    ],
    ['another protocol', { observation: { ...observation, plannedProtocol: 'smtp' }, judgement }, false],
    ['a handshake', makeTls(undefined, []), false],
    ['a greeting', { observation: { ...observation, greeting: '220 hello' }, judgement }, false],
    ['plain talk', { observation: { ...observation, plaintextAfterGoAhead: '250' }, judgement }, false],
    ['a name', makeRefused(makeEndpoint({ host: 'a.example' })), false],
    ['a server name', makeRefused(makeEndpoint({ serverName: 'a.example' })), false],
    ['no address', makeRefused(makeEndpoint({ address: null })), false],
    ['a finding', { observation, judgement: { ...judgement, findings: [EXPIRING] } }, false],
  ])('are told by what they say: %s', (_, judged, isBare) => {
    expect(isBareObservation(judged)).toBe(isBare);
  });

  it('cost a few bytes in every run, wherever they lie', async () => {
    const inventory = await openStarted();
    const dense = Array.from({ length: 5000 }, (_, i) =>
      makeEndpoint({ address: `10.0.${i >> 8}.${i & 255}` }),
    );
    const sparse = Array.from({ length: 5000 }, (_, i) =>
      makeEndpoint({ address: `10.${1 + (i >> 8)}.${i & 255}.7` }),
    );
    const ports = Array.from({ length: 5000 }, (_, i) => makeEndpoint({ port: 1 + i }));
    for (const run of RUNS) {
      for (const endpoints of [dense, sparse, ports])
        await inventory.saveBatch(endpoints.map((endpoint) => makeRefused(endpoint, { run })));
      expect(await inventory.countOutcomes(run)).toEqual({ refused: 15_000 });
    }
    await inventory.close();
    expect(count('observation')).toBe(0);
    expect(statSync(inDirectory('inventory.db')).size / 30_000).toBeLessThan(30);
  });

  it('are rows beyond the time that is packed, and so is all of their endpoint', async () => {
    const inventory = await openStarted();
    const late = '2026-12-24T10:00:00.123Z';
    await inventory.saveBatch([makeRefused(), makeRefused(makeEndpoint({ port: 1 }))]);
    await inventory.saveBatch([makeRefused(undefined, { observedAt: late })]);
    const records = await collect(inventory.records({ withOutcomes: true, history: true }));
    expect(records.map(({ observedAt, endpoint }) => [endpoint.port, observedAt])).toEqual([
      [443, late],
      [1, '2026-11-22T10:00:01.200Z'],
      [443, '2026-11-22T10:00:01.200Z'],
    ]);
    await inventory.close();
    expect([count('endpoint'), count('observation'), count('bare_observation')]).toEqual([1, 2, 1]);
  });

  it('become rows when their endpoint speaks, also in the same batch', async () => {
    const inventory = await openStarted();
    const speaks = makeTls(makeEndpoint(), undefined, {
      run: RUNS[1],
      observedAt: '2026-11-23T10:00:00.000Z',
    });
    await inventory.saveBatch([
      makeRefused(),
      makeRefused(makeEndpoint({ address: '192.0.2.8' })),
      speaks,
      makeRefused(makeEndpoint(), { run: RUNS[1], observedAt: '2026-11-24T10:00:00.000Z' }),
    ]);
    const history = inventory.records({ endpoint: makeEndpoint(), history: true, withOutcomes: true });
    expect((await collect(history)).map(({ outcome }) => outcome)).toEqual(['refused', 'tls', 'refused']);
    const silent = { endpoint: makeEndpoint({ address: '192.0.2.8' }), history: true, withOutcomes: true };
    expect(await collect(inventory.records(silent))).toHaveLength(1);
    expect([count('endpoint'), count('observation'), count('bare_observation')]).toEqual([1, 3, 1]);
    await inventory.close();
  });

  it('become rows when a judgement finds something in them', async () => {
    const inventory = await openStarted();
    await inventory.saveBatch([makeRefused(), makeRefused(makeEndpoint({ port: 1 }))]);
    const graver = { ...refused, judgement: { ...judgement, findings: [EXPIRING] } };
    const duller = { ...makeRefused(makeEndpoint({ port: 1 })), judgement: { ...judgement, grade: 'F' } };
    expect(await inventory.replaceJudgements([graver, duller], '2026-12-24T10:00:00.000Z')).toBe(2);
    expect(await inventory.replaceJudgements([graver, duller], '2026-12-24T10:00:00.000Z')).toBe(0);
    await inventory.pruneJudgements();
    await inventory.saveBatch([makeRefused(), makeRefused(makeEndpoint({ port: 1 }))]);
    const records = await collect(inventory.records({ withOutcomes: true }));
    expect(records.map(({ findings, grade }) => [findings.length, grade])).toEqual([
      [0, 'F'],
      [1, null],
    ]);
    expect([count('observation'), count('bare_observation')]).toEqual([1, 1]);
    await inventory.close();
  });

  it('are judged again by another connection without harm to one that goes on saving', async () => {
    const scanning = await openStarted();
    await scanning.saveBatch([refused]);
    const regrading = openInventory(inDirectory('inventory.db'));
    const again = { observation, judgement: { ...judgement, grade: 'F' } };
    await regrading.replaceJudgements([again], '2026-12-24T10:00:00.000Z');
    await regrading.pruneJudgements();
    await regrading.close();
    await scanning.saveBatch([makeRefused(makeEndpoint({ port: 1 })), makeTls(makeEndpoint({ port: 2 }))]);
    const records = await collect(scanning.records({ withOutcomes: true }));
    expect(records.map(({ grade }) => grade)).toEqual([null, 'A', 'F']);
    expect(count('pragma_foreign_key_check')).toBe(0);
    await scanning.close();
  });

  it('are sorted among rows by whatever is asked', async () => {
    const inventory = await openStarted();
    await inventory.saveBatch([
      makeRefused(makeEndpoint({ address: '10.0.0.200' }), { observedAt: '2026-11-22T10:00:03.000Z' }),
      makeTls(makeEndpoint({ address: '10.0.0.130' }), ['b'], { observedAt: '2026-11-22T10:00:02.000Z' }),
      makeRefused(makeEndpoint({ address: '10.0.0.5', port: 25 }), {
        observedAt: '2026-11-22T10:00:01.000Z',
      }),
      makeTls(makeEndpoint({ address: '10.0.0.5', port: 9 }), ['a'], {
        observedAt: '2026-11-22T10:00:04.000Z',
      }),
      makeRefused(makeEndpoint({ address: null, host: 'gone.example' })),
    ]);
    const order = async (query: RecordQuery) =>
      (await collect(inventory.records({ withOutcomes: true, ...query }))).map(
        ({ endpoint }) => `${endpoint.address} ${endpoint.port}`,
      );
    const byAddress = ['null 443', '10.0.0.5 9', '10.0.0.5 25', '10.0.0.130 443', '10.0.0.200 443'];
    expect(await order({})).toEqual(byAddress);
    expect(await order({ limit: 3 })).toEqual(byAddress.slice(0, 3));
    expect(await order({ sort: [{ by: 'commonName', descending: true }] })).toEqual([
      '10.0.0.130 443',
      '10.0.0.5 9',
      ...['null 443', '10.0.0.5 25', '10.0.0.200 443'],
    ]);
    expect(await order({ sort: [{ by: 'lastScan' }] })).toEqual([
      ...['10.0.0.5 25', 'null 443', '10.0.0.130 443', '10.0.0.200 443', '10.0.0.5 9'],
    ]);
    expect(await order({ sort: [{ by: 'status' }, { by: 'port', descending: true }] })).toEqual([
      ...['10.0.0.130 443', '10.0.0.5 9', 'null 443', '10.0.0.200 443', '10.0.0.5 25'],
    ]);
    expect(await order({ where: { outcomes: ['refused'], port: 443 } })).toEqual([
      'null 443',
      '10.0.0.200 443',
    ]);
    expect(await order({ where: { host: '10.0.0.200' } })).toEqual(['10.0.0.200 443']);
    expect(await order({ where: { findings: ['expiring'] } })).toHaveLength(2);
    await inventory.close();
  });

  it('read as rows would, whatever is saved in whatever order', async () => {
    let name = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(judgedObservations, { maxLength: 6 }), { maxLength: 6 }),
        async (batches) => {
          name += 1;
          const file = `${name}.db`;
          const inventory = await openStarted(file);
          for (const batch of batches) await inventory.saveBatch(batch);
          const expected = keepFirst(batches.flat());
          const history = await collect(inventory.records({ withOutcomes: true, history: true }));
          expect(history.map(keyOf).sort()).toEqual([...expected.keys()].sort());
          for (const run of [undefined, ...RUNS]) {
            const records = await collect(inventory.records({ withOutcomes: true, ...(run && { run }) }));
            const latest = latestOf([...expected.values()], run);
            expect(records.map(keyOf).sort()).toEqual([...latest.values()].map(keyOfJudged).sort());
            for (const { endpoint, firstSeen } of records)
              expect(firstSeen).toBe(firstOf(expected, endpoint));
          }
          const all = [...latestOf([...expected.values()], undefined).keys()].sort();
          expect((await collect(inventory.endpoints())).map(textOf).sort()).toEqual(all);
          expect(
            (await collect(inventory.lastObserved())).map(({ endpoint }) => textOf(endpoint)).sort(),
          ).toEqual(all);
          for (const run of RUNS) {
            const observed = [...latestOf([...expected.values()], run).keys()].sort();
            expect((await collect(inventory.observedEndpoints(run))).map(textOf).sort()).toEqual(observed);
            const ofRun = [...expected.values()].filter(({ observation: { run: of } }) => of === run);
            expect(await collect(inventory.observations(run))).toHaveLength(ofRun.length);
            const counts = Object.values(await inventory.countOutcomes(run));
            expect(counts.reduce((sum, each) => sum + each, 0)).toBe(ofRun.length);
          }
          await inventory.close();
          expect(count('pragma_foreign_key_check', file)).toBe(0);
          expectInvariant(file);
        },
      ),
      { numRuns: 40 },
    );
  });
});

/** An endpoint has rows or is packed, but never both. */
function expectInvariant(name: string): void {
  const database = new Database(inDirectory(name), { readonly: true });
  const packed = database
    .prepare('select hex(block) || port || protocol from bare_observation')
    .pluck()
    .all();
  const entries = database
    .prepare<[], { block: Buffer; port: number; protocol: string; entries: Buffer }>(
      'select * from bare_observation',
    )
    .all();
  const known = database.prepare<[], string>(
    "select hex(address) || port || protocol from endpoint where host = '' and server_name = ''",
  );
  const rows = new Set(known.pluck().all());
  for (const row of entries) {
    expect(row.entries.length % 4).toBe(0);
    expect(row.entries.length).toBeGreaterThan(0);
    for (let at = 0; at < row.entries.length; at += 4) {
      const address = Buffer.alloc(row.block.length <= 4 ? 4 : 16);
      address.set(row.block);
      address[address.length - 1] = row.entries[at] ?? 0;
      expect(rows).not.toContain(`${address.toString('hex').toUpperCase()}${row.port}${row.protocol}`);
    }
  }
  expect(
    database
      .prepare('select count(*) from endpoint where id not in (select endpoint_id from observation)')
      .pluck()
      .get(),
  ).toBe(0);
  expect(packed).toHaveLength(entries.length);
  database.close();
}

const judgedObservations: fc.Arbitrary<JudgedObservation> = fc
  .record({
    run: fc.constantFrom(...RUNS),
    tenths: fc.integer({ min: 0, max: 5 }),
    address: fc.constantFrom('10.0.0.0', '10.0.0.1', '10.0.0.128', '2001:db8::1', '2001:db8::80'),
    port: fc.constantFrom(443, 8443),
    kind: fc.constantFrom('refused', 'timeout', 'graded', 'tls', 'named'),
  })
  .map(({ run, tenths, address, port, kind }) => {
    const observedAt = `2026-11-22T10:00:00.${tenths}00Z`;
    const endpoint = makeEndpoint({ address, port, ...(kind === 'named' && { host: 'a.example' }) });
    if (kind === 'tls') return makeTls(endpoint, ['leaf'], { run, observedAt });
    const { observation, judgement } = makeRefused(endpoint, { run, observedAt });
    if (kind === 'graded') return { observation, judgement: { ...judgement, grade: 'F' } };
    if (kind !== 'timeout') return { observation, judgement };
    return { observation: { ...observation, outcome: 'connect-timeout' }, judgement };
  });

function textOf(endpoint: Endpoint): string {
  return `${endpoint.host} ${endpoint.address} ${endpoint.port}`;
}

function keyOf(record: { run: string; observedAt: string; endpoint: Endpoint; outcome: string }): string {
  return `${textOf(record.endpoint)} ${record.run} ${record.observedAt} ${record.outcome}`;
}

function keyOfJudged({ observation }: JudgedObservation): string {
  return keyOf(observation);
}

/** What an inventory keeps: the first of those of one endpoint, run and time. */
function keepFirst(saved: readonly JudgedObservation[]): Map<string, JudgedObservation> {
  const first = new Map<string, JudgedObservation>();
  for (const judged of saved) {
    const { endpoint, observedAt, run } = judged.observation;
    const natural = `${textOf(endpoint)} ${run} ${observedAt}`;
    if (!first.has(natural)) first.set(natural, judged);
  }
  return new Map([...first.values()].map((each) => [keyOfJudged(each), each]));
}

function latestOf(
  all: readonly JudgedObservation[],
  run: string | undefined,
): Map<string, JudgedObservation> {
  const rank = ({ observation }: JudgedObservation) => `${observation.observedAt} ${observation.run}`;
  const latest = new Map<string, JudgedObservation>();
  for (const judged of all) {
    if (run !== undefined && judged.observation.run !== run) continue;
    const key = textOf(judged.observation.endpoint);
    const other = latest.get(key);
    if (other === undefined || rank(judged) > rank(other)) latest.set(key, judged);
  }
  return latest;
}

function firstOf(all: ReadonlyMap<string, JudgedObservation>, endpoint: Endpoint): string | undefined {
  return [...all.values()]
    .filter(({ observation }) => textOf(observation.endpoint) === textOf(endpoint))
    .map(({ observation }) => observation.observedAt)
    .sort()[0];
}
