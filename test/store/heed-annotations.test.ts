import { describe, expect, it } from 'vitest';
import type { AnnotationEdit } from '../../src/model/annotation-edit.js';
import type { AnnotationSubject } from '../../src/model/annotation-subject.js';
import { SEVERITIES, type Severity } from '../../src/model/finding.js';
import { isNoticed } from '../../src/model/is-noticed.js';
import { ExportSummary } from '../../src/report/export-summary.js';
import { makeOverview } from '../../src/report/overview.js';
import { type Inventory, openInventory } from '../../src/store/inventory.js';
import {
  EXPIRING,
  fingerprint,
  makeDer,
  makeEndpoint,
  makeFacts,
  makeRun,
  makeTls,
  RUNS,
} from './sample-observation.js';
import { useTemporaryDirectory } from './temporary-directory.js';

const file = useTemporaryDirectory();
const [FIRST, SECOND] = RUNS;
const AT = '2026-11-22T12:00:00.000Z';
const NOW = new Date('2026-11-23T00:00:00.000Z');
const AFTER_ALL = new Date('2026-12-04T00:00:00.001Z');
const SELF_SIGNED = { ...EXPIRING, id: 'self-signed' };
const EXPIRED = { ...EXPIRING, id: 'expired', severity: 'high' as const };

/** Eight endpoints with five certificates and all kinds of statuses. */
async function fill(): Promise<Inventory> {
  const inventory = openInventory(file('inventory.db'), { create: true });
  await inventory.startRun(makeRun(FIRST));
  const save = (
    port: number,
    name: string,
    judgement: NonNullable<Parameters<typeof makeTls>[2]>['judgement'],
  ) => inventory.saveBatch([makeTls(makeEndpoint({ port }), [name, 'ca'], { judgement: judgement ?? {} })]);
  const old = [makeFacts('old', { notAfter: '2026-11-01T00:00:00.000Z' }), makeFacts('ca')];
  await save(1, 'good', { findings: [], status: 'Good' });
  await save(2, 'good', { findings: [SELF_SIGNED], status: 'Warning' });
  await save(3, 'warned', { findings: [SELF_SIGNED], status: 'Warning' });
  await save(4, 'warned', {
    findings: [SELF_SIGNED, { ...EXPIRING, id: 'sha1-signature' }],
    status: 'Warning',
  });
  await save(5, 'old', { presented: old, findings: [EXPIRED], status: 'Expired' });
  await save(6, 'old', { presented: old, findings: [EXPIRED], status: 'Expired' });
  await save(7, 'soon', { findings: [EXPIRING], status: 'Warning' });
  await save(8, 'other', { findings: [EXPIRING, SELF_SIGNED], status: 'Warning' });
  await inventory.finishRun(FIRST, { endedAt: AT, state: 'completed', counts: { tls: 8 } });
  return inventory;
}

const at = (port: number): AnnotationSubject => ({ kind: 'endpoint', endpoint: makeEndpoint({ port }) });
const EDIT: AnnotationEdit = {};
const waive = (name: string, until = '2027-01-01T23:59:59.999Z'): AnnotationEdit => ({
  ...EDIT,
  waivers: [{ finding: name, owner: 'Jane', reason: 'test bench', until }],
});
const unused: AnnotationEdit = { ...EDIT, unused: true };

const CASES: readonly [string, readonly (readonly [AnnotationSubject, AnnotationEdit])[]][] = [
  ['nothing', []],
  ['a waiver of one endpoint of a certificate', [[at(3), waive('self-signed')]]],
  [
    'waivers that leave the certificate nothing',
    [
      [at(2), waive('self-signed')],
      [at(7), waive('expiring')],
    ],
  ],
  ['a waiver by network', [[{ kind: 'rule', rule: 'cidr:192.0.2.0/24' }, waive('self-signed')]]],
  [
    'a waiver of a certificate, by its fingerprint',
    [[{ kind: 'certificate', fingerprint: fingerprint(makeDer('warned')) }, waive('sha1-signature')]],
  ],
  ['a waiver that has ended', [[at(3), waive('self-signed', '2026-11-22T23:59:59.999Z')]]],
  ['one of two unused endpoints', [[at(5), unused]]],
  [
    'both of them',
    [
      [at(5), unused],
      [at(6), unused],
      [at(8), unused],
    ],
  ],
  ['all that is unused', [[{ kind: 'rule', rule: 'cidr:192.0.2.0/24' }, unused]]],
];

describe('what people accept', () => {
  it.each(CASES)('counts the same in overviews as in reports: %s', async (_, said) => {
    const inventory = await fill();
    try {
      for (const [subject, edit] of said) await inventory.annotate([subject], edit, AT);
      for (const isKept of [false, true]) {
        if (isKept) await inventory.keepOverview(NOW);
        // By then all certificates have ended, which nothing was judged by.
        for (const now of [NOW, AFTER_ALL]) await compare(inventory, now);
      }
    } finally {
      await inventory.close();
    }
  });

  it('counts again from the moment on that its waiver ends', async () => {
    const inventory = await fill();
    await inventory.annotate([at(7)], waive('expiring', '2026-11-30T23:59:59.999Z'), AT);
    await inventory.keepOverview(NOW);
    const goodAt = async (now: string) => (await inventory.overview(new Date(now))).statuses.Good;
    expect(await inventory.isOverviewMissing(new Date('2026-11-30T23:59:59.999Z'))).toBe(false);
    expect(await goodAt('2026-11-30T23:59:59.999Z')).toBe(2);
    expect(await inventory.isOverviewMissing(new Date('2026-12-01T00:00:00.000Z'))).toBe(true);
    expect(await goodAt('2026-12-01T00:00:00.000Z')).toBe(1);
    await inventory.close();
  });

  it('counts for nothing in what a run found, as of its end', async () => {
    const inventory = await fill();
    await inventory.annotate([at(3), at(4), at(2), at(8)], waive('self-signed'), AT);
    await inventory.annotate([at(5), at(6)], unused, AT);
    const endedAt = '2026-11-24T00:00:00.000Z';
    await inventory.startRun({ ...makeRun(SECOND), startedAt: '2026-11-23T10:00:00.000Z' });
    const seen = (
      port: number,
      name: string,
      findings: readonly (typeof EXPIRING)[],
      status: 'Warning' | 'Expired',
    ) =>
      makeTls(makeEndpoint({ port }), [name, 'ca'], {
        run: SECOND,
        observedAt: '2026-11-23T10:00:01.000Z',
        judgement: { findings, status },
      });
    await inventory.saveBatch([
      seen(3, 'warned', [SELF_SIGNED], 'Warning'),
      seen(5, 'old', [EXPIRED], 'Expired'),
      seen(8, 'other', [EXPIRING, SELF_SIGNED], 'Warning'),
    ]);
    await inventory.finishRun(SECOND, { endedAt, state: 'completed', counts: { tls: 3 } });
    const { runs } = await inventory.overview(NOW);
    expect(runs.map(({ summary }) => [summary?.warnings, summary?.expired])).toEqual([
      [1, 0],
      [4, 1],
    ]);
    await inventory.close();
  });
});

/** What an overview and the records of the same inventory come to. */
async function compare(inventory: Inventory, now: Date): Promise<void> {
  const overview = makeOverview(await inventory.overview(now), now);
  const summary = new ExportSummary(now, 0);
  const gravest = new Map<string, number>();
  for await (const record of inventory.records({ now })) {
    summary.add(record);
    const ranks = record.findings
      .filter((finding) => isNoticed(finding, record))
      .map(({ severity }) => SEVERITIES.indexOf(severity));
    const leaf = record.certificate?.fingerprintSha256 ?? '';
    gravest.set(leaf, Math.max(-1, gravest.get(leaf) ?? -1, ...ranks));
  }
  const { certificates, endpoints } = overview;
  expect(endpoints.total).toBe(summary.endpoints);
  expect(endpoints.statuses).toEqual(Object.fromEntries(summary.statuses));
  expect(certificates.total).toBe(summary.certificates);
  expect(certificates.windows).toEqual([...summary.windows].map(([name, count]) => ({ name, count })));
  expect(certificates.unused).toBe(summary.windows.get('Unused'));
  expect(certificates.expired).toBe(summary.windows.get('Expired'));
  const severities: Record<Severity | 'none', number> = {
    none: 0,
    info: 0,
    low: 0,
    medium: 0,
    high: 0,
    critical: 0,
  };
  for (const rank of gravest.values()) severities[SEVERITIES[rank] ?? 'none'] += 1;
  expect(certificates.severities).toEqual(severities);
}
