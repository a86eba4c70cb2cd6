import { describe, expect, it } from 'vitest';
import { createJudge } from '../../src/grade/judge.js';
import { DEFAULT_POLICY } from '../../src/grade/policy.js';
import type { InventoryRecord } from '../../src/model/inventory-record.js';
import type { Observation } from '../../src/model/observation.js';
import { type RegradeRequest, type RunToRegrade, regrade } from '../../src/scan/regrade.js';
import { type Inventory, openInventory } from '../../src/store/inventory.js';
import { makeTrustStore } from '../../src/x509/trust-store.js';
import { makePki, NOW, observe, type Pki } from '../grade/judge-setup.js';
import { fingerprint, makeRun, RUNS } from '../store/sample-observation.js';
import { useTemporaryDirectory } from '../store/temporary-directory.js';

const inDirectory = useTemporaryDirectory();

/** More than one batch. */
const ENDPOINTS = 1001;

const MOMENT = { startedAt: new Date(NOW), moment: new Date(NOW) };

async function openFilled(pki: Pki): Promise<Inventory> {
  const inventory = openInventory(inDirectory('inventory.db'), { create: true });
  const judge = makeJudge(pki, []);
  for (const run of RUNS) {
    await inventory.startRun(makeRun(run));
    const batch = Array.from({ length: run === RUNS[0] ? ENDPOINTS : 1 }, (_, index) => {
      const { endpoint, ...rest } = observe([pki.leaf, pki.intermediate]);
      const observation = { ...rest, run, endpoint: { ...endpoint, port: index + 1 } };
      return { observation, judgement: judge(observation) };
    });
    await inventory.saveBatch(batch);
  }
  return inventory;
}

function makeJudge(pki: Pki, stores: readonly string[], now = NOW) {
  return createJudge({
    policy: DEFAULT_POLICY,
    trustStores: stores.map((name) => makeTrustStore(name, [pki.root.der])),
    now: new Date(now),
  });
}

function request(inventory: Inventory, runs: readonly RunToRegrade[]): RegradeRequest {
  return { inventory, runs, signal: new AbortController().signal, now: () => new Date(NOW) };
}

async function grades(inventory: Inventory, run: string): Promise<Set<string>> {
  const found = new Set<string>();
  for await (const { grade, path, status } of inventory.records({ run }))
    found.add(`${grade} ${status} ${path.status}`);
  return found;
}

describe('regrade', () => {
  it('judges again by other trust stores, what was asked for and no more, and changes nothing the second time', async () => {
    const pki = await makePki();
    const inventory = await openFilled(pki);
    const runs = [{ id: RUNS[0], ...MOMENT, makeJudge: async () => makeJudge(pki, ['corp']) }];
    expect(await grades(inventory, RUNS[0])).toEqual(new Set(['T Warning incomplete']));
    const end = {
      observations: ENDPOINTS,
      changed: ENDPOINTS,
      faults: 0,
      firstFault: null,
      interrupted: false,
    };
    expect(await regrade(request(inventory, runs))).toEqual(end);
    expect(await grades(inventory, RUNS[0])).toEqual(new Set(['A Good trusted']));
    expect(await grades(inventory, RUNS[1])).toEqual(new Set(['T Warning incomplete']));
    expect(await regrade(request(inventory, runs))).toEqual({ ...end, changed: 0 });
    await inventory.close();
  });

  it('judges for another moment', async () => {
    const pki = await makePki();
    const inventory = await openFilled(pki);
    const later = async () => makeJudge(pki, ['corp'], '2027-02-01T00:00:00Z');
    await regrade(request(inventory, [{ id: RUNS[1], ...MOMENT, makeJudge: later }]));
    expect(await grades(inventory, RUNS[1])).toEqual(new Set(['T Expired trusted']));
    await inventory.close();
  });

  it('heeds what CAs said in scans, from the moment of the revocation on', async () => {
    const pki = await makePki();
    const inventory = await openFilled(pki);
    const at = Date.parse(NOW) - 1000;
    const source = 'http://ca.example/';
    const answer = { status: 'revoked', at, reason: 'keyCompromise', source } as const;
    const leaf = fingerprint(pki.leaf.der);
    // An answer that has run out long ago: who was revoked stays so.
    await inventory.saveRevocation(leaf, answer, new Date(at));
    const run = (moment: Date) => ({
      ...{ id: RUNS[1], startedAt: new Date(NOW), moment },
      makeJudge: async () => makeJudge(pki, ['corp']),
    });
    await regrade(request(inventory, [run(new Date(at - 1))]));
    expect(await grades(inventory, RUNS[1])).toEqual(new Set(['A Good trusted']));
    await regrade(request(inventory, [run(new Date(NOW))]));
    expect(await grades(inventory, RUNS[1])).toEqual(new Set(['T Revoked trusted']));
    await inventory.close();
  });

  it('finds again what could not be learned of certificates, however often it judges', async () => {
    const pki = await makePki();
    const inventory = await openFilled(pki);
    const judge = makeJudge(pki, ['corp']);
    const observation = { ...observe([pki.leaf, pki.intermediate]), run: RUNS[1] };
    const why = 'http://ca.example/: no answer within 20 s';
    const revocations = new Map([[fingerprint(pki.leaf.der), { status: 'unknown', why } as const]]);
    const judgement = judge(observation, revocations);
    expect(judgement.findings).toMatchObject([{ id: 'revocation-unknown' }]);
    await inventory.saveBatch([{ observation, judgement }]);
    const runs = [{ id: RUNS[1], ...MOMENT, makeJudge: async () => judge }];
    await regrade(request(inventory, runs));
    const later = async () => makeJudge(pki, ['corp'], '2027-02-01T00:00:00Z');
    await regrade(request(inventory, [{ id: RUNS[1], ...MOMENT, makeJudge: later }]));
    expect(await regrade(request(inventory, runs))).toMatchObject({ observations: 2, changed: 2 });
    expect(await regrade(request(inventory, runs))).toMatchObject({ observations: 2, changed: 0 });
    const found = [];
    for await (const record of inventory.records({ run: RUNS[1] })) found.push(record.findings);
    expect(found).toContainEqual(judgement.findings);
    await inventory.close();
  });

  it.each([
    ['counts a revocation that was told in the run, though it came after its start', 0, 'Revoked'],
    ['does not count it for a moment before the run', -2000, 'Good'],
  ])('%s', async (_, shiftMs, status) => {
    const pki = await makePki();
    const inventory = await openFilled(pki);
    const judge = makeJudge(pki, ['corp']);
    const observation = { ...observe([pki.leaf, pki.intermediate]), run: RUNS[1] };
    const at = Date.parse(NOW) + 1000;
    const answer = { status: 'revoked', at, reason: null, source: 'http://ca.example/' } as const;
    const judgement = judge(observation, new Map([[fingerprint(pki.leaf.der), answer]]));
    await inventory.saveBatch([{ observation, judgement }]);
    const startedAt = new Date(NOW);
    const moment = new Date(startedAt.getTime() + shiftMs);
    await regrade(request(inventory, [{ id: RUNS[1], startedAt, moment, makeJudge: async () => judge }]));
    for await (const record of inventory.records({ run: RUNS[1] }))
      if (record.endpoint.port === observation.endpoint.port) expect(record.status).toBe(status);
    await inventory.close();
  });

  it('leaves the judgement as it was where judging fails, and tells', async () => {
    const pki = await makePki();
    const inventory = await openFilled(pki);
    const good = makeJudge(pki, ['corp']);
    const run: RunToRegrade = {
      id: RUNS[0],
      ...MOMENT,
      makeJudge: async () =>
        Object.assign(
          (observation: Observation) => {
            if (observation.endpoint.port === 7) throw new Error('seven');
            return good(observation);
          },
          { searchPath: good.searchPath },
        ),
    };
    const end = await regrade(request(inventory, [run]));
    expect(end).toMatchObject({ observations: ENDPOINTS - 1, faults: 1, interrupted: false });
    expect(end.firstFault).toContain('Error: seven');
    const left: InventoryRecord[] = [];
    for await (const record of inventory.records({ run: RUNS[0] }))
      if (record.grade === 'T') left.push(record);
    expect(left.map(({ endpoint }) => endpoint.port)).toEqual([7]);
    await inventory.close();
  });

  it('stops when told to, with what it has judged saved', async () => {
    const pki = await makePki();
    const inventory = await openFilled(pki);
    const stopper = new AbortController();
    const runs = [...RUNS].map((id) => ({ id, ...MOMENT, makeJudge: async () => makeJudge(pki, ['corp']) }));
    let judged = 0;
    const end = await regrade({
      ...request(inventory, runs),
      signal: stopper.signal,
      regraded: () => {
        judged += 1;
        if (judged === 10) stopper.abort();
      },
    });
    expect(end).toMatchObject({ observations: 10, changed: 10, interrupted: true });
    await inventory.close();
  });
});
