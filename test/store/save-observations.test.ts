import { statSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { toObservationRecord } from '../../src/model/observation-record.js';
import { type Inventory, openInventory } from '../../src/store/inventory.js';
import type { JudgedObservation } from '../../src/store/save-observations.js';
import { makePosture } from '../fixtures/make-posture.js';
import {
  fingerprint,
  makeDer,
  makeEndpoint,
  makeFacts,
  makeRun,
  makeTls,
  RUNS,
} from './sample-observation.js';
import { useTemporaryDirectory } from './temporary-directory.js';

const inDirectory = useTemporaryDirectory();

const ENDPOINTS = 10_000;

async function openStarted(): Promise<Inventory> {
  const inventory = openInventory(inDirectory('inventory.db'), { create: true });
  for (const run of RUNS) await inventory.startRun(makeRun(run));
  return inventory;
}

async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}

/** An endpoint that shows one chain in its handshake and another to other clients. */
function makeDual(port: number, own: string, other: string): JudgedObservation {
  const { observation, judgement } = makeTls(makeEndpoint({ port }), [own, 'intermediate']);
  const posture = makePosture({
    certificates: [own, other].sort().map((name) => ({
      authentication: null,
      chain: [name, 'intermediate'].map((each) => fingerprint(makeDer(each))),
    })),
  });
  return {
    observation: { ...observation, posture, otherChains: [[other, 'intermediate'].map(makeDer)] },
    judgement: { ...judgement, others: [makeFacts(other), makeFacts('intermediate')] },
  };
}

describe('saving a posture', () => {
  it('gives back the record that a scan would have written', async () => {
    const inventory = await openStarted();
    const judged = makeDual(443, 'rsa', 'ecdsa');
    await inventory.saveBatch([judged]);
    const [record] = await collect(inventory.records());
    expect(record?.posture).toEqual(toObservationRecord(judged.observation, judged.judgement).posture);
    await inventory.close();
  });

  it('keeps the certificates that other clients are shown', async () => {
    const inventory = await openStarted();
    await inventory.saveBatch([makeDual(443, 'rsa', 'ecdsa')]);
    const certificates = await collect(inventory.certificates());
    expect(certificates.map(({ certificate }) => certificate.commonName).sort()).toEqual([
      'ecdsa.example',
      'rsa.example',
    ]);
    expect(certificates.map(({ endpoints }) => endpoints)).toEqual([1, 1]);
    const where = { fingerprint: fingerprint(makeDer('ecdsa')) };
    expect(await collect(inventory.records({ where }))).toHaveLength(1);
    expect(await inventory.certificateDer(where.fingerprint)).toEqual(makeDer('ecdsa'));
    await inventory.close();
  });

  it('counts an endpoint once for a certificate that stands in several of its chains', async () => {
    const inventory = await openStarted();
    await inventory.saveBatch([makeDual(443, 'rsa', 'ecdsa')]);
    const [intermediate] = await collect(
      inventory.certificates({ withChains: true, fingerprint: fingerprint(makeDer('intermediate')) }),
    );
    expect(intermediate?.endpoints).toBe(1);
    await inventory.close();
  });

  it('knows all chains of servers that are set up alike, whichever each showed first', async () => {
    const inventory = await openStarted();
    const batch = [makeDual(1, 'rsa', 'ecdsa'), makeDual(2, 'ecdsa', 'rsa')];
    await inventory.saveBatch(batch);
    await inventory.saveBatch(batch);
    const certificates = await collect(inventory.certificates());
    expect(certificates.map(({ endpoints }) => endpoints)).toEqual([2, 2]);
    expect(await collect(inventory.records())).toHaveLength(2);
    await inventory.close();
  });

  it('leaves the posture of a server that was not asked null', async () => {
    const inventory = await openStarted();
    await inventory.saveBatch([makeTls()]);
    expect((await collect(inventory.records()))[0]?.posture).toBeNull();
    await inventory.close();
  });
});

describe('the bytes of an inventory', () => {
  it('are fewer than 60 for each endpoint that says the same in the next run, the second one too', async () => {
    const sizes: number[] = [];
    for (const [nth, run] of RUNS.entries()) {
      const inventory = openInventory(inDirectory('growing.db'), { create: true });
      await inventory.startRun(makeRun(run));
      // In another order each time, as plans visit them: 7,919 is prime.
      const batch = Array.from({ length: ENDPOINTS }, (_, i) => {
        const port = 1 + ((i * (nth === 0 ? 1 : 7919)) % ENDPOINTS);
        const observedAt = new Date(
          Date.parse('2026-11-22T10:00:00.000Z') + nth * 86_400_000 + i,
        ).toISOString();
        return makeTls(makeEndpoint({ port }), [`leaf ${port % 300}`], { run, observedAt });
      });
      await inventory.saveBatch(batch);
      await inventory.close();
      sizes.push(statSync(inDirectory('growing.db')).size);
    }
    const [first = 0, second = 0] = sizes;
    expect((second - first) / ENDPOINTS).toBeLessThan(60);
  });
});
