import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Finding } from '../../src/model/finding.js';
import type { InventoryRecord } from '../../src/model/inventory-record.js';
import { type Inventory, openInventory } from '../../src/store/inventory.js';
import {
  EXPIRING,
  fingerprint,
  makeDer,
  makeEndpoint,
  makeFacts,
  makeRun,
  makeTls,
} from './sample-observation.js';
import { useTemporaryDirectory } from './temporary-directory.js';

const inDirectory = useTemporaryDirectory('suite');
let inventory: Inventory;

const A = 'aa'.repeat(32);
const B = 'bb'.repeat(32);
const C = 'cc'.repeat(32);
const SHARED: Finding = {
  ...EXPIRING,
  id: 'shared-key',
  severity: 'high',
  subject: fingerprint(makeDer('good')),
};

beforeAll(async () => {
  inventory = openInventory(inDirectory('inventory.db'), { create: true });
  await inventory.startRun(makeRun());
  const observe = (name: string, status: 'Good' | 'Expired') =>
    makeTls(makeEndpoint({ address: name === 'good' ? '10.0.0.1' : '10.0.0.2' }), [name, 'ca'], {
      judgement: { status, findings: status === 'Good' ? [] : [EXPIRING], presented: [makeFacts(name)] },
    });
  await inventory.saveBatch([observe('good', 'Good'), observe('old', 'Expired')]);
});

afterAll(() => inventory.close());

async function records(query: Parameters<Inventory['records']>[0] = {}): Promise<InventoryRecord[]> {
  const all: InventoryRecord[] = [];
  for await (const record of inventory.records(query)) all.push(record);
  return all;
}

const saveFinding = (name: string, finding: Finding) =>
  inventory.saveKeyComparison({ keys: [], sharing: [] }, [
    { fingerprint: fingerprint(makeDer(name)), finding: { ...finding, subject: fingerprint(makeDer(name)) } },
  ]);

describe('comparisons of keys', () => {
  it('are none at first', async () => {
    expect(await inventory.keyComparison()).toEqual({ keys: [], sharing: [] });
  });

  it('are remembered, the larger in place of those that it includes', async () => {
    await inventory.saveKeyComparison({ keys: [B, A], sharing: [A] }, []);
    expect(await inventory.keyComparison()).toEqual({ keys: [A, B], sharing: [A] });
    await inventory.saveKeyComparison({ keys: [A, B, C], sharing: [A, C] }, []);
    expect(await inventory.keyComparison()).toEqual({ keys: [A, B, C], sharing: [A, C] });
    await inventory.saveKeyComparison({ keys: [A], sharing: [] }, []);
    expect((await inventory.keyComparison()).keys).toEqual([A, B, C]);
  });
});

describe('findings of certificates', () => {
  it('join those of the judgement, most severe first, and make a warning of a good one', async () => {
    await saveFinding('good', SHARED);
    const [good, old] = await records();
    expect(good?.status).toBe('Warning');
    expect(good?.findings).toEqual([SHARED]);
    expect(old?.status).toBe('Expired');
    expect(old?.findings).toEqual([EXPIRING]);
  });

  it('are found wherever in the chain the certificate is', async () => {
    await saveFinding('ca', SHARED);
    const found = await records();
    expect(found.map(({ status }) => status)).toEqual(['Warning', 'Expired']);
    expect(found[1]?.findings.map(({ id }) => id)).toEqual(['shared-key', 'expiring']);
    expect(found[0]?.findings[0]?.subject).toBe(fingerprint(makeDer('ca')));
  });

  it('leave a good one good when they are mild', async () => {
    await saveFinding('good', { ...SHARED, severity: 'low' });
    expect((await records())[0]).toMatchObject({ status: 'Good', findings: [{ id: 'shared-key' }] });
  });

  it('leave a good one good when somebody accepts them, and say who', async () => {
    const waived = { owner: 'Ada', reason: 'being replaced', until: '2026-12-31T23:59:59.999Z' };
    await saveFinding('good', { ...SHARED, waived });
    await inventory.pruneJudgements();
    expect((await records())[0]).toMatchObject({ status: 'Good', findings: [{ id: 'shared-key', waived }] });
    expect(await records({ where: { statuses: ['Warning'] } })).toEqual([]);
  });

  it('can be filtered and sorted by', async () => {
    await saveFinding('good', SHARED);
    expect(await records({ where: { statuses: ['Good'] } })).toEqual([]);
    expect(await records({ where: { statuses: ['Warning'] } })).toHaveLength(1);
    expect(await records({ where: { findings: ['shared-key'] } })).toHaveLength(1);
    expect(await records({ where: { findings: ['expiring'] } })).toHaveLength(1);
    const sorted = await records({ sort: [{ by: 'status', descending: true }] });
    expect(sorted.map(({ status }) => status)).toEqual(['Warning', 'Expired']);
  });

  it('give way to those of the next comparison', async () => {
    await saveFinding('old', { ...SHARED, severity: 'medium' });
    expect((await records()).map(({ findings }) => findings.length)).toEqual([0, 2]);
    await inventory.saveKeyComparison({ keys: [], sharing: [] }, []);
    expect((await records()).map(({ findings }) => findings.length)).toEqual([0, 1]);
  });

  it('of certificates that the inventory does not hold are passed over', async () => {
    await saveFinding('stranger', SHARED);
    expect((await records()).map(({ findings }) => findings.length)).toEqual([0, 1]);
  });
});
