import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CertificateRecord } from '../../src/model/certificate-record.js';
import { type Inventory, openInventory } from '../../src/store/inventory.js';
import { CERTIFICATE_SORT_KEYS, type CertificateQuery } from '../../src/store/list-certificates.js';
import {
  fingerprint,
  makeDer,
  makeEndpoint,
  makeFacts,
  makeRun,
  makeTls,
  NO_CERTIFICATE,
  RUNS,
} from './sample-observation.js';
import { useTemporaryDirectory } from './temporary-directory.js';

const inDirectory = useTemporaryDirectory('suite');
let inventory: Inventory;
const FIRST = '2026-11-22T10:00:00.000Z';
const LATER = '2026-11-23T10:00:00.000Z';

beforeAll(async () => {
  inventory = openInventory(inDirectory('inventory.db'), { create: true });
  for (const run of RUNS) await inventory.startRun(makeRun(run));
  const soon = { presented: [makeFacts('soon', { notAfter: '2026-11-30T00:00:00.000Z' })] };
  await inventory.saveBatch([
    makeTls(makeEndpoint({ port: 1 }), ['shared', 'ca'], { observedAt: FIRST }),
    makeTls(makeEndpoint({ port: 2 }), ['shared', 'ca'], { observedAt: FIRST }),
    makeTls(makeEndpoint({ port: 3 }), ['old'], { observedAt: FIRST }),
    { ...makeTls(makeEndpoint({ port: 4 }), ['unreadable']), judgement: NO_CERTIFICATE },
    makeTls(makeEndpoint({ port: 1 }), ['shared', 'ca'], { run: RUNS[1], observedAt: LATER }),
    makeTls(makeEndpoint({ port: 3 }), ['soon'], { run: RUNS[1], observedAt: LATER, judgement: soon }),
  ]);
});

afterAll(() => inventory.close());

async function list(query: CertificateQuery): Promise<CertificateRecord[]> {
  const records: CertificateRecord[] = [];
  for await (const record of inventory.certificates(query)) records.push(record);
  return records;
}

async function names(query: CertificateQuery): Promise<(string | null)[]> {
  return (await list(query)).map(({ certificate }) => certificate.commonName);
}

describe('listing certificates', () => {
  it('shows the leaves that endpoints present now, the next to expire first, with their spread', async () => {
    expect(await list({})).toMatchObject([
      { certificate: { commonName: 'soon.example' }, endpoints: 1, firstSeen: LATER, lastSeen: LATER },
      { certificate: makeFacts('shared'), endpoints: 2, firstSeen: FIRST, lastSeen: LATER },
    ]);
  });

  it('shows those of one run', async () => {
    expect(await names({ run: RUNS[0], sort: [{ by: 'commonName' }] })).toEqual([
      'old.example',
      'shared.example',
    ]);
  });

  it('shows those above the leaves when asked', async () => {
    expect(await names({ withChains: true })).toContain('ca.example');
  });

  it('filters by fingerprint and expiry, and stops at the limit', async () => {
    expect(await names({ fingerprint: fingerprint(makeDer('shared')) })).toEqual(['shared.example']);
    expect(await names({ expiresBefore: '2026-12-01T00:00:00Z' })).toEqual(['soon.example']);
    expect(await names({ limit: 1 })).toEqual(['soon.example']);
  });

  it.each(CERTIFICATE_SORT_KEYS)('can sort by %s both ways', async (by) => {
    const [up, down] = await Promise.all(
      [false, true].map((descending) => names({ sort: [{ by, descending }] })),
    );
    expect(up?.toSorted()).toEqual(['shared.example', 'soon.example']);
    expect(down).toHaveLength(2);
    if (['commonName', 'endpoints', 'expires', 'fingerprint', 'firstSeen'].includes(by))
      expect(down).toEqual(up?.toReversed());
  });
});
