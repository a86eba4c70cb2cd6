import { describe, expect, it } from 'vitest';
import { type Inventory, openInventory } from '../../src/store/inventory.js';
import type { JudgedObservation } from '../../src/store/save-observations.js';
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
const CHAIN = ['leaf', 'intermediate'];
const PRINTS = CHAIN.map((name) => fingerprint(makeDer(name)));

/** What another tool tells of an endpoint: of the leaf its name and end, of the rest of the chain its digest alone. */
const TOLD: JudgedObservation = {
  observation: { ...makeTls().observation, handshake: { ...makeHandshake(), presentedChain: [] } },
  judgement: {
    ...makeTls().judgement,
    presented: [makeFacts('leaf', { keyType: '', signatureAlgorithm: '', spkiSha256: '' })],
  },
  toldChain: PRINTS,
};

describe('a certificate that another tool has told of', () => {
  it('is listed with what was told', async () => {
    const inventory = await openWith(TOLD);
    const [record] = await collect(inventory.records());
    expect(record?.handshake?.presentedChain).toEqual(PRINTS);
    expect(record?.certificate).toMatchObject({ commonName: 'leaf.example', keyType: '', spkiSha256: '' });
    await inventory.close();
  });

  it('is no issuer, has no key to compare and no bytes to give', async () => {
    const inventory = await openWith(TOLD);
    expect(await collect(inventory.issuers())).toEqual([]);
    expect(await collect(inventory.keys())).toEqual([]);
    expect(await inventory.certificateDer(PRINTS[0] ?? '')).toBeNull();
    expect(await inventory.certificateFacts(PRINTS[0] ?? '')).toMatchObject({ commonName: 'leaf.example' });
    expect(await inventory.certificateFacts(PRINTS[1] ?? '')).toBeNull();
    expect(await inventory.findCertificates(PRINTS[0] ?? '', 2)).toEqual([PRINTS[0]]);
    await inventory.close();
  });

  it('cannot be judged again', async () => {
    const inventory = await openWith(TOLD);
    expect(await collect(inventory.observations(RUNS[0]))).toEqual([]);
    await inventory.close();
  });

  it('is completed by whoever sends it', async () => {
    const inventory = await openWith(TOLD);
    await inventory.saveBatch([makeTls(makeEndpoint({ port: 8443 }), CHAIN)]);
    const records = await collect(inventory.records());
    expect(records.map(({ certificate }) => certificate)).toEqual([makeFacts('leaf'), makeFacts('leaf')]);
    expect(Buffer.from((await inventory.certificateDer(PRINTS[1] ?? '')) ?? [])).toEqual(
      makeDer('intermediate'),
    );
    expect(await collect(inventory.observations(RUNS[0]))).toHaveLength(2);
    await inventory.close();
  });

  it('is completed by a certificate that no endpoint has sent', async () => {
    const inventory = await openWith(TOLD);
    await inventory.saveCertificates(CHAIN.map((name) => ({ der: makeDer(name), facts: makeFacts(name) })));
    expect(await collect(inventory.observations(RUNS[0]))).toHaveLength(1);
    await inventory.close();
  });

  it('takes nothing from one that was sent', async () => {
    const inventory = await openWith(makeTls());
    await inventory.saveBatch([{ ...TOLD, observation: { ...TOLD.observation, observedAt: LATER } }]);
    const [record] = await collect(inventory.records());
    expect(record?.certificate).toEqual(makeFacts('leaf'));
    expect(await collect(inventory.observations(RUNS[0]))).toHaveLength(2);
    await inventory.close();
  });
});

const LATER = '2026-11-22T11:00:00.000Z';

function makeHandshake() {
  const { handshake } = makeTls().observation;
  if (handshake === null) throw new Error('the sample has a handshake');
  return handshake;
}

async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}

async function openWith(judged: JudgedObservation): Promise<Inventory> {
  const inventory = openInventory(inDirectory('inventory.db'), { create: true });
  await inventory.startRun(makeRun());
  await inventory.saveBatch([judged]);
  return inventory;
}
