import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { InventoryRecord } from '../../src/model/inventory-record.js';
import { parseQuery } from '../../src/query/parse-query.js';
import { type Inventory, openInventory } from '../../src/store/inventory.js';
import type { RecordQuery } from '../../src/store/record-query.js';
import { EXPIRING, makeEndpoint, makeFacts, makeRun, makeTls, RUNS } from './sample-observation.js';
import { useTemporaryDirectory } from './temporary-directory.js';

const inDirectory = useTemporaryDirectory('suite');
/** The last moment of the certificate that ends first, and the one after it. */
const LAST = new Date('2026-12-04T00:00:00.000Z');
const PAST = new Date('2026-12-04T00:00:00.001Z');

let inventory: Inventory;

beforeAll(async () => {
  inventory = openInventory(inDirectory('inventory.db'), { create: true });
  await inventory.startRun(makeRun());
  const { fingerprintSha256: subject } = makeFacts('ends');
  await inventory.saveBatch([
    makeTls(makeEndpoint({ port: 1 }), ['ends', 'ca'], {
      judgement: { findings: [{ ...EXPIRING, subject }] },
    }),
    makeTls(makeEndpoint({ port: 2 }), ['stays', 'ca'], {
      judgement: {
        presented: [makeFacts('stays', { notAfter: '2027-12-04T00:00:00.000Z' }), makeFacts('ca')],
        findings: [],
        status: 'Good',
      },
    }),
  ]);
});

afterAll(() => inventory.close());

async function list(query: RecordQuery): Promise<InventoryRecord[]> {
  const records: InventoryRecord[] = [];
  for await (const record of inventory.records(query)) records.push(record);
  return records;
}

async function tell(query: RecordQuery): Promise<unknown[]> {
  return (await list(query)).map(({ endpoint, findings, grade, status }) => [
    endpoint.port,
    status,
    grade,
    findings.map(({ id }) => id).join(),
  ]);
}

/** What is true now, read on each of the two roads. */
const ROADS = [
  ['of what is true now', {}],
  ['with those that gave no certificate', { withOutcomes: true }],
] as const;

const BEFORE = [
  [1, 'Warning', 'A', 'expiring'],
  [2, 'Good', 'A', ''],
];
const AFTER = [
  [1, 'Expired', 'T', 'expired'],
  [2, 'Good', 'A', ''],
];

describe('a certificate that has ended since it was judged', () => {
  it.each(ROADS)('has expired in lists %s', async (_, query) => {
    expect(await tell({ ...query, now: LAST })).toEqual(BEFORE);
    expect(await tell({ ...query, now: PAST })).toEqual(AFTER);
    const [first] = await list({ ...query, now: PAST });
    expect(first?.findings[0]).toMatchObject({
      severity: 'high',
      subject: makeFacts('ends').fingerprintSha256,
      message: 'certificate expired on 2026-12-04 00:00:00 UTC, less than a day ago',
    });
  });

  it.each(ROADS)('is found by that, and no more by what was true before, in lists %s', async (_, query) => {
    const ports = async (text: string, now: Date) =>
      (await list({ ...query, matching: { query: parseQuery(text), now } })).map(
        ({ endpoint }) => endpoint.port,
      );
    for (const text of ['status = expired', 'warnings = expired', 'grade = T', 'severity >= high']) {
      expect(await ports(text, LAST), text).toEqual([]);
      expect(await ports(text, PAST), text).toEqual([1]);
    }
    for (const text of ['status = warning', 'warnings = expiring']) {
      expect(await ports(text, LAST), text).toEqual([1]);
      expect(await ports(text, PAST), text).toEqual([]);
    }
  });

  it.each(ROADS)('comes first where the worst does, in lists %s', async (_, query) => {
    const sort = [{ by: 'grade', descending: true }] as const;
    expect((await list({ ...query, now: PAST, sort })).map(({ endpoint }) => endpoint.port)).toEqual([1, 2]);
    const byStatus = [{ by: 'status', descending: true }] as const;
    expect(
      (await list({ ...query, now: PAST, sort: byStatus })).map(({ endpoint }) => endpoint.port),
    ).toEqual([2, 1]);
  });

  it('is what it was in the run that observed it, and in the past', async () => {
    expect(await tell({ run: RUNS[0], now: PAST })).toEqual(BEFORE);
    const endpoint = makeEndpoint({ port: 1 });
    expect(await tell({ endpoint, history: true, now: PAST })).toEqual([BEFORE[0]]);
    expect(await tell({ endpoint, now: PAST })).toEqual([AFTER[0]]);
  });
});
