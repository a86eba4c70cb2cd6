import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openInventory } from '../../src/store/inventory.js';
import { openViews } from '../../src/store/inventory-view.js';
import type { JudgedObservation } from '../../src/store/save-observations.js';
import { dumpCurrentEndpoints } from './dump-current-endpoints.js';
import { makeEndpoint, makeRefused, makeRun, makeTls, RUNS } from './sample-observation.js';
import { useTemporaryDirectory } from './temporary-directory.js';

const inDirectory = useTemporaryDirectory();

const START = Date.parse('2026-11-22T10:00:00.000Z');
const NOW = new Date('2026-12-01T00:00:00.000Z');
const LEAVES = ['a', 'b', 'c'];
const ENDPOINTS = [
  makeEndpoint(),
  makeEndpoint({ port: 8443 }),
  makeEndpoint({ address: '192.0.2.200', host: '192.0.2.200' }),
  makeEndpoint({ host: 'mail.example', serverName: 'mail.example', protocol: 'smtp', port: 25 }),
];

/** What a run may bring: few endpoints and moments, so that runs meet. */
const observed = fc.array(
  fc.record({
    endpoint: fc.constantFrom(...ENDPOINTS),
    at: fc.nat({ max: 9 }),
    leaf: fc.option(fc.constantFrom(...LEAVES)),
  }),
  { maxLength: 12 },
);

type Observed = typeof observed extends fc.Arbitrary<infer Value> ? Value : never;

function judge(run: string, all: Observed): JudgedObservation[] {
  // One observation of an endpoint at a time.
  const each = new Map(all.map((seen) => [JSON.stringify([seen.endpoint, seen.at]), seen]));
  return [...each.values()].map(({ at, endpoint, leaf }) => {
    const changes = { run, observedAt: new Date(START + at * 1000).toISOString() };
    return leaf === null ? makeRefused(endpoint, changes) : makeTls(endpoint, [leaf], changes);
  });
}

async function gather<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}

const sorted = (items: readonly unknown[]) => items.map((item) => JSON.stringify(item)).sort();

/** Everything that an inventory tells without being asked for a run. */
async function tellAll(file: string): Promise<unknown> {
  const inventory = openInventory(file);
  const views = openViews(file, { now: NOW });
  try {
    const whole = views.view({ until: Number.POSITIVE_INFINITY });
    const { countEndingBefore, ...overview } = await inventory.overview(NOW);
    return {
      records: await gather(inventory.records()),
      outcomes: sorted(await gather(inventory.records({ withOutcomes: true }))),
      history: sorted(await gather(inventory.records({ withOutcomes: true, history: true }))),
      certificates: await gather(inventory.certificates({ withChains: true, sort: [{ by: 'firstSeen' }] })),
      deployments: await Promise.all(
        LEAVES.map((leaf) => gather(inventory.deployments(fingerprintOf(leaf)))),
      ),
      endpoints: sorted(await gather(inventory.endpoints())),
      lastObserved: sorted(await gather(inventory.lastObserved())),
      overview: { ...overview, ending: countEndingBefore(NOW.getTime()) },
      // Views tell silent endpoints only where they are asked for them, if they are packed.
      entries: [...whole.naturalEntries()]
        .filter(({ chainId }) => chainId !== null)
        .map(({ observedAt, port, runId }) => [observedAt, port, runId]),
      found: ENDPOINTS.map((endpoint) => whole.find(endpoint)?.observedAt ?? null),
      last: ENDPOINTS.map((endpoint) => whole.lastCertificate(endpoint, START + 5000)),
    };
  } finally {
    views.close();
    await inventory.close();
  }
}

function fingerprintOf(leaf: string): string {
  const { handshake } = makeTls(makeEndpoint(), [leaf]).observation;
  return handshake ? (makeTls(makeEndpoint(), [leaf]).judgement.presented[0]?.fingerprintSha256 ?? '') : '';
}

let count = 0;

describe('a run that is to replace all others', () => {
  it('changes nothing in any view as long as it has not come to its end', async () => {
    await fc.assert(
      fc.asyncProperty(observed, observed, fc.boolean(), async (before, after, isLater) => {
        count += 1;
        const file = inDirectory(`${count}.db`);
        const inventory = openInventory(file, { create: true });
        const [first, second] = isLater ? RUNS : [RUNS[1], RUNS[0]];
        await inventory.startRun(makeRun(first));
        await inventory.saveBatch(judge(first, before));
        await inventory.finishRun(first, {
          state: 'completed',
          endedAt: '2026-11-22T11:00:00.000Z',
          counts: await inventory.countOutcomes(first),
        });
        // What a packed endpoint tells does not depend on being packed.
        const told = await tellAll(file);
        const view = dumpCurrentEndpoints(file).length;
        await inventory.startRun({ ...makeRun(second), isProvisional: true });
        for (const judged of judge(second, after)) await inventory.saveBatch([judged]);
        await inventory.finishRun(second, {
          state: 'interrupted',
          endedAt: '2026-11-22T12:00:00.000Z',
          counts: await inventory.countOutcomes(second),
        });
        expect(await tellAll(file)).toEqual(told);
        expect(dumpCurrentEndpoints(file).length).toBeGreaterThanOrEqual(view);
        await inventory.close();
      }),
      { numRuns: 40 },
    );
  });

  it('is shown to whoever names it', async () => {
    const inventory = openInventory(inDirectory('inventory.db'), { create: true });
    await inventory.startRun({ ...makeRun(), isProvisional: true });
    const silent = makeEndpoint({ port: 1 });
    await inventory.saveBatch([makeTls(makeEndpoint(), ['a']), makeRefused(silent)]);
    const [run] = RUNS;
    const records = await gather(inventory.records({ run, withOutcomes: true }));
    expect(
      records.map(({ endpoint, firstSeen, observedAt }) => [endpoint.port, firstSeen === observedAt]),
    ).toEqual([
      [1, true],
      [443, true],
    ]);
    const certificates = await gather(inventory.certificates({ run }));
    expect(certificates.map(({ firstSeen }) => firstSeen)).toEqual([records[1]?.observedAt]);
    expect(Object.values((await inventory.coverage(run)).outcomes).reduce((sum, each) => sum + each, 0)).toBe(
      2,
    );
    expect(await inventory.runs()).toMatchObject([{ id: run, isProvisional: true }]);
    expect(await gather(inventory.records({ withOutcomes: true }))).toEqual([]);
    await inventory.close();
  });
});
