import Database from 'better-sqlite3';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OUTCOMES } from '../../src/model/outcome.js';
import { openInventory } from '../../src/store/inventory.js';
import { openDatabase } from '../../src/store/open-database.js';
import { rebuildCurrentEndpoints } from '../../src/store/rebuild-current-endpoints.js';
import type { JudgedObservation } from '../../src/store/save-observations.js';
import { dumpCurrentEndpoints } from './dump-current-endpoints.js';
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
const GOOD = { status: 'Good', findings: [] } as const;
const ENDPOINTS = [
  makeEndpoint(),
  makeEndpoint({ port: 8443 }),
  makeEndpoint({ host: 'mail.example', serverName: 'mail.example', protocol: 'smtp', port: 25 }),
];

/** What an endpoint may bring: certificates with their bytes or told of by another tool, or any other outcome. */
const judgedObservations = fc
  .record({
    endpoint: fc.constantFrom(...ENDPOINTS),
    run: fc.constantFrom(...RUNS),
    // Few moments: many observations fall together.
    at: fc.nat({ max: 12 }),
    leaf: fc.constantFrom('a', 'b', 'c'),
    outcome: fc.constantFrom('tls', 'tls', 'told', ...OUTCOMES),
    isGood: fc.boolean(),
  })
  .map(({ endpoint, run, at, leaf, outcome, isGood }): JudgedObservation => {
    const observedAt = new Date(MIDNIGHT + at * 1000).toISOString();
    if (outcome === 'tls' || outcome === 'told') {
      const facts = makeFacts(leaf, { issuer: `CN=CA of ${leaf}`, notAfter: '2027-01-01T00:00:00.000Z' });
      const told = { ...facts, notAfter: '2027-01-01T12:00:00.000Z', issuer: 'CN=told' };
      const presented = [outcome === 'tls' ? facts : told];
      const judged = makeTls(endpoint, [leaf], {
        run,
        observedAt,
        judgement: { presented, ...(isGood && GOOD) },
      });
      const { handshake } = judged.observation;
      if (outcome === 'tls' || !handshake) return judged;
      return {
        ...judged,
        observation: { ...judged.observation, handshake: { ...handshake, presentedChain: [] } },
        toldChain: [fingerprint(makeDer(leaf))],
      };
    }
    const refused = makeRefused(endpoint, { run, observedAt });
    return { ...refused, observation: { ...refused.observation, outcome } };
  });

async function save(file: string, batches: readonly (readonly JudgedObservation[])[]): Promise<void> {
  const inventory = openInventory(inDirectory(file), { create: true });
  for (const run of RUNS)
    await inventory.startRun({ ...makeRun(run), startedAt: new Date(MIDNIGHT).toISOString() });
  for (const batch of batches) await inventory.saveBatch(batch);
  await inventory.close();
}

function rebuild(file: string): void {
  const database = openDatabase(inDirectory(file), {});
  rebuildCurrentEndpoints(database);
  database.close();
}

/** Of what was observed twice at once, the first to be saved stays: the others are left out. */
function withoutTwins(all: readonly JudgedObservation[]): JudgedObservation[] {
  const keyOf = ({ observation: { endpoint, observedAt, run } }: JudgedObservation) =>
    JSON.stringify([endpoint, observedAt, run]);
  return [...new Map(all.map((each) => [keyOf(each), each])).values()];
}

let count = 0;

describe('the current view', () => {
  it('is the same however observations come in, and when it is made anew', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(judgedObservations, { minLength: 1, maxLength: 14 }).map(withoutTwins),
        fc.integer({ min: 1, max: 5 }),
        fc.nat(),
        async (all, size, seed) => {
          count += 1;
          const [one, other] = [`${count}-a.db`, `${count}-b.db`];
          await save(one, batchesOf(all, size));
          const shuffled = [...all].sort((a, b) => (weigh(a, seed) < weigh(b, seed) ? -1 : 1));
          await save(other, batchesOf(shuffled, 3));
          const view = dumpCurrentEndpoints(inDirectory(one));
          expect(dumpCurrentEndpoints(inDirectory(other))).toEqual(view);
          rebuild(one);
          expect(dumpCurrentEndpoints(inDirectory(one))).toEqual(view);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('follows judgements that are replaced, and what comparing keys finds', async () => {
    const file = inDirectory('inventory.db');
    const inventory = openInventory(file, { create: true });
    for (const run of RUNS) await inventory.startRun(makeRun(run));
    const first = makeTls(makeEndpoint(), ['leaf'], { judgement: { ...GOOD, grade: 'A' } });
    const silent = makeRefused(makeEndpoint({ port: 1 }));
    await inventory.saveBatch([first, makeTls(makeEndpoint({ port: 2 }), ['other']), silent]);
    const ranks = () =>
      dumpCurrentEndpoints(file).map((row) => [
        (row as { port: number }).port,
        (row as { status_rank: number }).status_rank,
        (row as { grade: string | null }).grade,
      ]);
    expect(ranks()).toEqual([
      [2, 2, 'A'],
      [443, 3, 'A'],
    ]);
    const finding = { ...EXPIRING, id: 'shared-prime-key', severity: 'critical' as const };
    await inventory.saveKeyComparison({ keys: [], sharing: [] }, [
      { fingerprint: fingerprint(makeDer('leaf')), finding },
    ]);
    expect(ranks()).toEqual([
      [2, 2, 'A'],
      [443, 2, 'A'],
    ]);
    await inventory.saveKeyComparison({ keys: [], sharing: [] }, []);
    await inventory.replaceJudgements(
      [
        { ...first, judgement: { ...first.judgement, status: 'Expired', grade: 'F' } },
        { ...silent, judgement: { ...silent.judgement, findings: [EXPIRING], status: 'Warning' } },
      ],
      '2026-11-24T00:00:00.000Z',
    );
    expect(ranks()).toEqual([
      [1, 2, null],
      [2, 2, 'A'],
      [443, 0, 'F'],
    ]);
    const before = dumpCurrentEndpoints(file);
    rebuild('inventory.db');
    expect(dumpCurrentEndpoints(file)).toEqual(before);
    await inventory.close();
  });

  it('is filled when an old inventory is opened', async () => {
    await save('old.db', [[makeTls()]]);
    const file = inDirectory('old.db');
    const before = dumpCurrentEndpoints(file);
    const old = new Database(file);
    old.exec(`
      drop table current_endpoint;
      drop table issuer_name;
      drop index judgement_finding_by_rule;
      drop table run_summary;
      drop table overview;
      drop table saved_report;
      drop index scan_run_provisional;
      alter table scan_run drop column is_provisional;
      pragma user_version = 8`);
    old.close();
    await openInventory(file).close();
    expect(before).toHaveLength(1);
    expect(dumpCurrentEndpoints(file)).toEqual(before);
  });
});

function batchesOf(all: readonly JudgedObservation[], size: number): JudgedObservation[][] {
  const batches: JudgedObservation[][] = [];
  for (let i = 0; i < all.length; i += size) batches.push(all.slice(i, i + size));
  return batches;
}

function weigh(judged: JudgedObservation, seed: number): string {
  return fingerprint(Buffer.from(JSON.stringify(judged.observation) + seed));
}
