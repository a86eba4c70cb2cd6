import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import type { OverviewFacts } from '../../src/model/overview-facts.js';
import { type Inventory, openInventory } from '../../src/store/inventory.js';
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

const inDirectory = useTemporaryDirectory('test');
const [FIRST, SECOND] = RUNS;
const NOW = new Date('2026-11-23T12:00:00.000Z');
const LATER = '2026-11-23T10:00:00.000Z';
const GOOD = { findings: [], status: 'Good' } as const;

/** An inventory of two runs: one endpoint stays as it is, one is renewed, one is new and one refuses. */
async function fill(inventory: Inventory): Promise<void> {
  await inventory.startRun(makeRun(FIRST));
  await inventory.saveBatch([
    makeTls(makeEndpoint({ port: 1 }), ['stays', 'ca'], { judgement: GOOD }),
    makeTls(makeEndpoint({ port: 2 }), ['old', 'ca'], {
      judgement: {
        presented: [makeFacts('old', { notAfter: '2026-11-22T10:00:00.000Z' }), makeFacts('ca')],
        status: 'Expired',
        findings: [{ ...EXPIRING, id: 'expired', severity: 'critical' }, EXPIRING],
      },
    }),
    makeTls(makeEndpoint({ port: 3 }), ['warned']),
  ]);
  await finish(inventory, FIRST, '2026-11-22T11:00:00.000Z');
  await inventory.startRun({ ...makeRun(SECOND), startedAt: LATER });
  await inventory.saveBatch([
    makeTls(makeEndpoint({ port: 1 }), ['stays', 'ca'], { run: SECOND, observedAt: LATER, judgement: GOOD }),
    makeTls(makeEndpoint({ port: 2 }), ['stays', 'ca'], { run: SECOND, observedAt: LATER, judgement: GOOD }),
    makeTls(makeEndpoint({ port: 4 }), ['new'], {
      run: SECOND,
      observedAt: LATER,
      judgement: {
        presented: [makeFacts('new', { keyType: 'EC', keyBits: 256, issuer: 'CN=Other,O=Acme' })],
        ...GOOD,
      },
    }),
    makeRefused(makeEndpoint({ port: 3 }), { run: SECOND, observedAt: LATER }),
  ]);
  await finish(inventory, SECOND, '2026-11-23T11:00:00.000Z');
}

function finish(inventory: Inventory, run: string, endedAt: string): Promise<void> {
  return inventory.finishRun(run, { endedAt, state: 'completed', counts: { tls: 3 } });
}

/** The facts with the moments that they tell of. */
function plain({ countEndingBefore, ...facts }: OverviewFacts) {
  const moments = ['2026-11-22', '2026-12-04', '2026-12-05'].map(Date.parse);
  return { ...facts, ending: moments.map(countEndingBefore) };
}

function forget(file: string): void {
  const database = new Database(file);
  database.exec('delete from overview; delete from run_summary');
  database.close();
}

describe('the overview of an inventory', () => {
  it('counts what is known of endpoints and certificates now', async () => {
    const inventory = openInventory(inDirectory('inventory.db'), { create: true });
    await fill(inventory);
    const { runs, ...facts } = plain(await inventory.overview(NOW));
    expect(facts).toMatchObject({
      endpoints: 4,
      states: { live: 2, changed: 1, gone: 1 },
      statuses: { Good: 3, Warning: 1 },
      certificates: 3,
      severities: { medium: 1 },
      keys: [
        { type: 'RSA', bits: 2048, count: 2 },
        { type: 'EC', bits: 256, count: 1 },
      ],
      issuers: [
        { value: 'CN=Example CA', count: 2 },
        { value: 'CN=Other,O=Acme', count: 1 },
      ],
      validations: [{ value: 'DV', count: 3 }],
      reusedKeys: 0,
      withExpiry: 3,
      ending: [0, 0, 3],
    });
    expect(runs.map(({ run, summary }) => [run.id, summary])).toEqual([
      [
        SECOND,
        {
          endpoints: 3,
          certificates: 2,
          expired: 0,
          expiring: 2,
          warnings: 0,
          newEndpoints: 1,
          newCertificates: 1,
        },
      ],
      [
        FIRST,
        {
          endpoints: 3,
          certificates: 3,
          expired: 1,
          expiring: 2,
          warnings: 1,
          newEndpoints: 3,
          newCertificates: 3,
        },
      ],
    ]);
    await inventory.close();
  });

  it('is the same where nothing was kept, and for readers alone', async () => {
    const file = inDirectory('inventory.db');
    const inventory = openInventory(file, { create: true });
    await fill(inventory);
    const kept = plain(await inventory.overview(NOW));
    await inventory.close();
    forget(file);
    const reader = openInventory(file, { readOnly: true });
    expect(plain(await reader.overview(NOW))).toEqual(kept);
    expect(plain(await reader.overview(NOW))).toEqual(kept);
    expect(await reader.isOverviewMissing(NOW)).toBe(true);
    const writer = openInventory(file);
    await writer.keepOverview(NOW);
    await writer.close();
    expect(await reader.isOverviewMissing(NOW)).toBe(false);
    expect(plain(await reader.overview(NOW))).toEqual(kept);
    await reader.close();
  });

  it('tells at once of what is saved while a run goes on', async () => {
    const inventory = openInventory(inDirectory('inventory.db'), { create: true });
    await fill(inventory);
    const third = '0193b7c0-0000-7000-8000-000000000003';
    await inventory.startRun({ ...makeRun(third), startedAt: '2026-11-24T10:00:00.000Z' });
    await inventory.saveBatch([
      makeTls(makeEndpoint({ port: 5 }), ['fifth'], { run: third, observedAt: '2026-11-24T10:00:01.000Z' }),
    ]);
    const { certificates, runs } = await inventory.overview(NOW);
    expect(certificates).toBe(4);
    expect(runs[0]).toMatchObject({ run: { state: 'running' }, summary: null });
    await inventory.close();
  });

  it('leaves counting to who looks first after a run that has seen little', async () => {
    const inventory = openInventory(inDirectory('inventory.db'), { create: true });
    await inventory.startRun(makeRun(FIRST));
    await inventory.saveBatch(
      Array.from({ length: 40 }, (_, i) => makeTls(makeEndpoint({ port: i + 1 }), [`leaf ${i}`])),
    );
    const ended = { endedAt: '2026-11-22T11:00:00.000Z', state: 'completed' as const };
    await inventory.finishRun(FIRST, { ...ended, counts: { tls: 40 } });
    expect(await inventory.isOverviewMissing(NOW)).toBe(false);
    await inventory.startRun({ ...makeRun(SECOND), startedAt: LATER });
    await inventory.saveBatch([
      makeTls(makeEndpoint({ port: 99 }), ['new'], { run: SECOND, observedAt: LATER }),
    ]);
    await inventory.finishRun(SECOND, { ...ended, endedAt: LATER, counts: { tls: 1 } });
    expect(await inventory.isOverviewMissing(NOW)).toBe(true);
    const { certificates, runs } = await inventory.overview(NOW);
    expect([certificates, runs[0]?.summary?.newCertificates]).toEqual([41, 1]);
    await inventory.keepOverview(NOW);
    expect(await inventory.isOverviewMissing(NOW)).toBe(false);
    await inventory.close();
  });

  it('follows judgements that are replaced', async () => {
    const inventory = openInventory(inDirectory('inventory.db'), { create: true });
    await fill(inventory);
    const judged = makeTls(makeEndpoint({ port: 3 }), ['warned'], { judgement: GOOD });
    await inventory.replaceJudgements([judged], LATER);
    await inventory.pruneJudgements();
    const { runs, severities, statuses } = await inventory.overview(NOW);
    expect(statuses).toEqual({ Good: 4 });
    expect(severities).toEqual({});
    expect(runs[1]?.summary).toMatchObject({ warnings: 0, certificates: 3 });
    await inventory.close();
  });

  it('counts what comparing keys has found, and keys that several certificates have', async () => {
    const inventory = openInventory(inDirectory('inventory.db'), { create: true });
    await inventory.startRun(makeRun());
    const spkiSha256 = fingerprint(makeDer('one key'));
    for (const [port, name] of ['a', 'b'].entries())
      await inventory.saveBatch([
        makeTls(makeEndpoint({ port: port + 1 }), [name], {
          judgement: { presented: [makeFacts(name, { spkiSha256 })], ...GOOD },
        }),
      ]);
    await finish(inventory, FIRST, LATER);
    expect((await inventory.overview(NOW)).severities).toEqual({});
    const finding = { ...EXPIRING, id: 'shared-key', severity: 'high' as const };
    await inventory.saveKeyComparison({ keys: [], sharing: [] }, [
      { fingerprint: fingerprint(makeDer('a')), finding },
    ]);
    const { certificatesWithReusedKeys, reusedKeys, severities, statuses } = await inventory.overview(NOW);
    expect({ certificatesWithReusedKeys, reusedKeys, severities, statuses }).toEqual({
      certificatesWithReusedKeys: 2,
      reusedKeys: 1,
      severities: { high: 1 },
      statuses: { Good: 1, Warning: 1 },
    });
    await inventory.close();
  });
});
