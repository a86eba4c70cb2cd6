import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../src/model/finding.js';
import type { Grades } from '../../src/model/grades.js';
import type { InventoryRecord } from '../../src/model/inventory-record.js';
import { type Inventory, openInventory } from '../../src/store/inventory.js';
import { EXPIRING, makeEndpoint, makeRefused, makeRun, makeTls, RUNS } from './sample-observation.js';
import { useTemporaryDirectory } from './temporary-directory.js';

const inDirectory = useTemporaryDirectory();

const LATER = '2026-12-24T10:00:00.000Z';

const GRADES: Grades = {
  ruleSet: 'rules of a test',
  certificate: 'B',
  configuration: null,
  complete: false,
  scores: null,
  reasons: [
    { part: 'certificate', rule: 'short-key', cap: 'B', message: 'a key is short', citation: 'none' },
  ],
};

const WAIVED: Finding = {
  ...EXPIRING,
  waived: { owner: 'Ada', reason: 'being replaced', until: '2026-12-31T23:59:59.999Z' },
};

const BEFORE = [makeTls(makeEndpoint({ port: 1 })), makeTls(makeEndpoint({ port: 2 })), makeRefused()];

async function openFilled(): Promise<Inventory> {
  const inventory = openInventory(inDirectory('inventory.db'), { create: true });
  await inventory.startRun(makeRun());
  await inventory.saveBatch(BEFORE);
  return inventory;
}

async function readAll(inventory: Inventory): Promise<InventoryRecord[]> {
  const records: InventoryRecord[] = [];
  for await (const record of inventory.records({ withOutcomes: true })) records.push(record);
  return records;
}

/** Rows of a table, read by another connection. */
function count(table: string): unknown {
  const database = new Database(inDirectory('inventory.db'), { readonly: true });
  const rows = database.prepare(`select count(*) from ${table}`).pluck().get();
  database.close();
  return rows;
}

describe('replaceJudgements', () => {
  it('replaces the judgement and nothing else, and tells what came out otherwise', async () => {
    const inventory = await openFilled();
    const before = await readAll(inventory);
    const judged = { status: 'Good', grade: 'B', grades: GRADES, findings: [WAIVED] } as const;
    const after = [makeTls(makeEndpoint({ port: 1 }), undefined, { judgement: judged }), ...BEFORE.slice(1)];
    expect(await inventory.replaceJudgements(after, LATER)).toBe(1);
    const expected = before.map((record) => (record.endpoint.port === 1 ? { ...record, ...judged } : record));
    expect(await readAll(inventory)).toEqual(expected);
    expect(await inventory.replaceJudgements(after, LATER)).toBe(0);
    await inventory.close();
  });

  it('notes when, for all that was judged again', async () => {
    const inventory = await openFilled();
    await inventory.replaceJudgements(BEFORE.slice(0, 2), LATER);
    expect(count(`observation where regraded_at = ${Date.parse(LATER)}`)).toBe(2);
    expect(count('observation where regraded_at is null')).toBe(0);
    await inventory.replaceJudgements(BEFORE, LATER);
    expect(count('observation')).toBe(2);
    await inventory.close();
  });

  it('passes over what the inventory does not hold', async () => {
    const inventory = await openFilled();
    const strange = [makeTls(makeEndpoint({ port: 9 })), makeTls(undefined, undefined, { run: RUNS[1] })];
    expect(await inventory.replaceJudgements(strange, LATER)).toBe(0);
    expect(await readAll(inventory)).toHaveLength(BEFORE.length);
    await inventory.close();
  });

  it('is not undone by saving the observations again', async () => {
    const inventory = await openFilled();
    const [first] = BEFORE;
    if (first === undefined) throw new Error('there is no observation');
    await inventory.replaceJudgements([{ ...first, judgement: { ...first.judgement, grade: 'F' } }], LATER);
    await inventory.saveBatch(BEFORE);
    expect((await readAll(inventory)).map(({ grade }) => grade)).toContain('F');
    await inventory.close();
  });
});

describe('pruneJudgements', () => {
  it('deletes what no observation has any more, down to rules, waivers and gradings', async () => {
    const inventory = await openFilled();
    const judged = { grades: GRADES, findings: [{ ...WAIVED, id: 'another' }] };
    const graded = [1, 2].map((port) => makeTls(makeEndpoint({ port }), undefined, { judgement: judged }));
    await inventory.replaceJudgements(graded, LATER);
    expect(['judgement', 'finding_rule', 'waiver', 'grading'].map(count)).toEqual([3, 2, 1, 1]);
    await inventory.pruneJudgements();
    expect(['judgement', 'finding_rule', 'waiver', 'grading'].map(count)).toEqual([2, 1, 1, 1]);
    const records = await readAll(inventory);
    expect(records.filter(({ findings }) => findings[0]?.id === 'another')).toHaveLength(2);
    await inventory.replaceJudgements(BEFORE, LATER);
    await inventory.pruneJudgements();
    expect(['judgement', 'finding_rule', 'waiver', 'grading'].map(count)).toEqual([2, 1, 0, 0]);
    await inventory.close();
  });

  it('deletes what CAs said with the last judgement that rests on it', async () => {
    const inventory = await openFilled();
    const revocations = { [EXPIRING.subject ?? '']: { status: 'unknown', why: 'nobody answered' } } as const;
    const known = BEFORE.map((each) => ({ ...each, judgement: { ...each.judgement, revocations } }));
    await inventory.replaceJudgements(known, LATER);
    await inventory.pruneJudgements();
    expect(count('revocation_report')).toBe(1);
    for await (const observation of inventory.observations(RUNS[0]))
      expect(observation.revocations).toEqual(revocations);
    await inventory.replaceJudgements(BEFORE, LATER);
    await inventory.pruneJudgements();
    expect(count('revocation_report')).toBe(0);
    await inventory.close();
  });

  it('leaves the references of the inventory guarded', async () => {
    const inventory = await openFilled();
    await inventory.pruneJudgements();
    await expect(inventory.saveBatch([makeTls(undefined, undefined, { run: RUNS[1] })])).rejects.toThrow(
      /knows no scan run/,
    );
    expect(count('pragma_foreign_key_check')).toBe(0);
    await inventory.close();
  });
});
