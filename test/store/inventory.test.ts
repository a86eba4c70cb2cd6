import { statSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { InventoryRecord } from '../../src/model/inventory-record.js';
import { type ObservationRecord, toObservationRecord } from '../../src/model/observation-record.js';
import { OUTCOMES } from '../../src/model/outcome.js';
import { type Inventory, openInventory } from '../../src/store/inventory.js';
import { InventoryError } from '../../src/store/inventory-error.js';
import type { JudgedObservation } from '../../src/store/save-observations.js';
import {
  fingerprint,
  makeDer,
  makeEndpoint,
  makeFacts,
  makeRefused,
  makeRun,
  makeTls,
  NO_CERTIFICATE,
  RUNS,
} from './sample-observation.js';
import { useTemporaryDirectory } from './temporary-directory.js';

const inDirectory = useTemporaryDirectory();

async function openStarted(name = 'inventory.db'): Promise<Inventory> {
  const inventory = openInventory(inDirectory(name), { create: true });
  for (const run of RUNS) await inventory.startRun(makeRun(run));
  return inventory;
}

async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}

function withoutHistory(all: InventoryRecord): ObservationRecord {
  const { firstSeen, lastScan, lastSeen, state, stateSince, owner, tags, notes, unused, ...record } = all;
  return record;
}

describe('inventory', () => {
  it('gives back the record that a scan would have written', async () => {
    const inventory = await openStarted();
    const saved = [
      makeTls(makeEndpoint({ host: 'mail.example', port: 25, protocol: 'smtp', serverName: 'mail.example' })),
      makeTls(makeEndpoint({ address: '2001:db8::1' }), ['other'], { ocsp: Buffer.from('ocsp') }),
      makeTls(makeEndpoint({ port: 8443 }), []),
      makeRefused(makeEndpoint({ port: 80 })),
    ];
    await inventory.saveBatch(saved);
    const records = await collect(inventory.records({ withOutcomes: true }));
    const expected = saved.map(({ observation, judgement }) => toObservationRecord(observation, judgement));
    for (const record of expected) expect(records.map(withoutHistory)).toContainEqual(record);
    expect(records).toHaveLength(saved.length);
    await inventory.close();
  });

  it('gives back, byte for byte and key by key, the JSON of a scan', async () => {
    const inventory = await openStarted();
    const judged = makeTls();
    await inventory.saveBatch([judged]);
    const [record] = await collect(inventory.records());
    expect(record && JSON.stringify(withoutHistory(record))).toBe(
      JSON.stringify(toObservationRecord(judged.observation, judged.judgement)),
    );
    await inventory.close();
  });

  it('keeps what was said in plain text, once for all who said the same', async () => {
    const inventory = await openStarted();
    const said = { greeting: '220 mail.example ESMTP', plaintextAfterGoAhead: '250 injected' };
    const { observation, judgement } = makeTls(makeEndpoint({ protocol: 'smtp' }));
    const others = [1, 2].map((port) => makeRefused(makeEndpoint({ port })));
    await inventory.saveBatch([
      { observation: { ...observation, ...said }, judgement },
      ...others.map((each) => ({ ...each, observation: { ...each.observation, greeting: '+OK' } })),
    ]);
    const records = await collect(inventory.records({ withOutcomes: true }));
    expect(records.map(({ greeting }) => greeting)).toEqual(['+OK', '+OK', said.greeting]);
    expect(records.at(-1)).toMatchObject(said);
    await inventory.close();
  });

  it('tells what a run has observed by the protocols of its plan', async () => {
    const inventory = await openStarted();
    const endpoint = makeEndpoint({ port: 2526, protocol: 'smtp' });
    const { observation, judgement } = makeTls(endpoint);
    await inventory.saveBatch([{ observation: { ...observation, plannedProtocol: 'tls' }, judgement }]);
    expect(await collect(inventory.observedEndpoints(RUNS[0]))).toEqual([{ ...endpoint, protocol: 'tls' }]);
    expect((await collect(inventory.records()))[0]?.endpoint).toEqual(endpoint);
    await inventory.close();
  });

  it('keeps what a handshake gave before it failed', async () => {
    const inventory = await openStarted();
    const { observation, judgement } = makeTls();
    const failure = { stage: 'handshake', code: 'handshake_failure', detail: 'alert 40' } as const;
    await inventory.saveBatch([{ observation: { ...observation, outcome: 'alert', failure }, judgement }]);
    const [record] = await collect(inventory.records());
    expect(record).toMatchObject({ outcome: 'alert', failure, certificate: { commonName: 'leaf.example' } });
    await inventory.close();
  });

  it('keeps certificates that could not be read, without facts', async () => {
    const inventory = await openStarted();
    await inventory.saveBatch([{ ...makeTls(), judgement: NO_CERTIFICATE }]);
    const [record] = await collect(inventory.records());
    expect(record?.certificate).toBeNull();
    expect(record?.handshake?.presentedChain).toEqual(['leaf', 'intermediate'].map(makeDer).map(fingerprint));
    expect(await inventory.certificateDer(fingerprint(makeDer('leaf')))).toEqual(makeDer('leaf'));
    await inventory.close();
  });

  it('keeps a chain with duplicates in sent order', async () => {
    const inventory = await openStarted();
    await inventory.saveBatch([makeTls(makeEndpoint(), ['a', 'b', 'a', 'a'])]);
    const [record] = await collect(inventory.records());
    expect(record?.handshake?.presentedChain).toEqual(['a', 'b', 'a', 'a'].map(makeDer).map(fingerprint));
    await inventory.close();
  });

  it('shows what is true now: the last certificate of each endpoint, and what has become of it', async () => {
    const inventory = await openStarted();
    const observedAt = '2026-11-23T10:00:00.000Z';
    await inventory.saveBatch([
      makeTls(makeEndpoint(), ['new'], { run: RUNS[1], observedAt }),
      makeTls(makeEndpoint(), ['old']),
      makeRefused(makeEndpoint({ port: 1 }), { run: RUNS[1], observedAt }),
      makeTls(makeEndpoint({ port: 1 }), ['gone']),
    ]);
    const now = await collect(inventory.records());
    const before = '2026-11-22T10:00:01.234Z';
    expect(now).toMatchObject([
      {
        certificate: { commonName: 'gone.example' },
        observedAt: before,
        state: 'gone',
        stateSince: observedAt,
        lastSeen: before,
        lastScan: observedAt,
      },
      {
        certificate: { commonName: 'new.example' },
        observedAt,
        state: 'changed',
        stateSince: observedAt,
        lastSeen: observedAt,
        firstSeen: before,
      },
    ]);
    const all = await collect(inventory.records({ withOutcomes: true }));
    expect(all.map(({ outcome }) => outcome)).toEqual(['refused', 'tls']);
    const earlier = await collect(inventory.records({ run: RUNS[0] }));
    expect(earlier.map(({ certificate }) => certificate?.commonName)).toEqual([
      'gone.example',
      'old.example',
    ]);
    await inventory.close();
  });

  it('shows an endpoint once that one run observed twice', async () => {
    const inventory = await openStarted();
    await inventory.saveBatch([
      makeRefused(makeEndpoint(), { observedAt: '2026-11-22T10:00:01.000Z' }),
      makeTls(makeEndpoint(), ['leaf'], { observedAt: '2026-11-22T10:00:02.000Z' }),
    ]);
    for (const run of [{}, { run: RUNS[0] }]) {
      const records = await collect(inventory.records({ ...run, withOutcomes: true }));
      expect(records.map(({ outcome }) => outcome)).toEqual(['tls']);
    }
    await inventory.close();
  });

  it('saves a batch whole or not at all', async () => {
    const inventory = await openStarted();
    await inventory.saveBatch([makeTls()]);
    const stranger = makeTls(makeEndpoint({ port: 2 }), ['never'], { run: 'unknown' });
    const batch = [makeTls(makeEndpoint({ port: 1 }), ['never']), stranger];
    await expect(inventory.saveBatch(batch)).rejects.toThrow(
      new InventoryError('the inventory knows no scan run unknown'),
    );
    expect(await collect(inventory.records({ withOutcomes: true }))).toHaveLength(1);
    expect(await inventory.certificateDer(fingerprint(makeDer('never')))).toBeNull();
    // Facts of the batch that failed must not be taken for known by the next one.
    await inventory.saveBatch(batch.slice(0, 1));
    expect(await collect(inventory.records())).toHaveLength(2);
    await inventory.close();
  });

  it('changes nothing when it is given again what it has, in any order and in any batches', async () => {
    const inventory = await openStarted();
    let saved: JudgedObservation[] = [];
    await fc.assert(
      fc.asyncProperty(fc.array(judgedObservations, { maxLength: 8 }), fc.nat(), async (batch, seed) => {
        saved = [...saved, ...batch].slice(-20);
        await inventory.saveBatch(batch);
        const before = await collect(inventory.records({ withOutcomes: true }));
        const again = [...saved].sort((a, b) => (order(a, seed) < order(b, seed) ? -1 : 1));
        for (let i = 0; i < again.length; i += 3) await inventory.saveBatch(again.slice(i, i + 3));
        expect(await collect(inventory.records({ withOutcomes: true }))).toEqual(before);
      }),
      { numRuns: 30 },
    );
    await inventory.close();
  });

  it('gives back whatever was saved', async () => {
    const inventory = await openStarted();
    let at = Date.parse('2027-01-01T00:00:00.000Z');
    await fc.assert(
      fc.asyncProperty(judgedObservations, async ({ observation, judgement }) => {
        at += 1000;
        const latest = { ...observation, observedAt: new Date(at).toISOString() };
        await inventory.saveBatch([{ observation: latest, judgement }]);
        const records = await collect(inventory.records({ withOutcomes: true }));
        expect(records.map(withoutHistory)).toContainEqual(toObservationRecord(latest, judgement));
      }),
      { numRuns: 60 },
    );
    await inventory.close();
  });

  it('is all there when it is opened again', async () => {
    const first = await openStarted();
    await first.saveBatch([makeTls()]);
    await first.finishRun(RUNS[0], {
      endedAt: '2026-11-22T11:00:00.000Z',
      state: 'completed',
      counts: { tls: 1, refused: 2 },
    });
    await first.close();
    for (const readOnly of [false, true]) {
      const again = openInventory(inDirectory('inventory.db'), { readOnly });
      expect(await collect(again.records())).toHaveLength(1);
      const runs = await again.runs();
      expect(runs.find(({ id }) => id === RUNS[0])).toEqual({
        ...makeRun(),
        endedAt: '2026-11-22T11:00:00.000Z',
        state: 'completed',
        counts: { tls: 1, refused: 2 },
      });
      await again.close();
    }
  });

  it('takes up a run again that was interrupted', async () => {
    const inventory = await openStarted();
    const ended = { endedAt: '2026-11-22T11:00:00.000Z', counts: {} };
    await inventory.finishRun(RUNS[0], { ...ended, state: 'interrupted' });
    await inventory.startRun({ ...makeRun(), startedAt: '2026-12-01T00:00:00.000Z' });
    const run = (await inventory.runs()).find(({ id }) => id === RUNS[0]);
    expect(run).toMatchObject({ state: 'running', endedAt: null, startedAt: '2026-11-22T10:00:00.000Z' });
    await inventory.saveBatch([makeTls(), makeRefused(makeEndpoint({ port: 25 }))]);
    expect(await collect(inventory.observedEndpoints(RUNS[0]))).toEqual(
      expect.arrayContaining([makeEndpoint(), makeEndpoint({ port: 25 })]),
    );
    expect(await collect(inventory.observedEndpoints(RUNS[1]))).toEqual([]);
    await inventory.close();
  });

  it('says so when the run that ends is unknown', async () => {
    const inventory = await openStarted();
    const end = { endedAt: '2026-11-22T11:00:00.000Z', state: 'completed', counts: {} } as const;
    await expect(inventory.finishRun('nobody', end)).rejects.toThrow(
      'the inventory knows no scan run nobody',
    );
    await inventory.close();
  });

  it('knows which issuers were presented', async () => {
    const inventory = await openStarted();
    await inventory.saveBatch([
      makeTls(makeEndpoint(), ['leaf', 'a', 'b']),
      makeTls(makeEndpoint({ port: 1 }), ['c']),
    ]);
    expect(await collect(inventory.issuers())).toEqual(['a', 'b'].map(makeDer));
    await inventory.close();
  });

  it('reads a snapshot while saving goes on', async () => {
    const inventory = await openStarted();
    await inventory.saveBatch([1, 2, 3].map((port) => makeRefused(makeEndpoint({ port }))));
    const ports: number[] = [];
    for await (const { endpoint } of inventory.records({ withOutcomes: true })) {
      ports.push(endpoint.port);
      await inventory.saveBatch([makeRefused(makeEndpoint({ port: endpoint.port + 100 }))]);
    }
    expect(ports).toEqual([1, 2, 3]);
    expect(await collect(inventory.records({ withOutcomes: true }))).toHaveLength(6);
    await inventory.close();
  });

  it('may be left in the middle of reading', async () => {
    const inventory = await openStarted();
    await inventory.saveBatch([1, 2, 3].map((port) => makeRefused(makeEndpoint({ port }))));
    for await (const { endpoint } of inventory.records({ withOutcomes: true })) {
      if (endpoint.port === 1) break;
    }
    await inventory.close();
    expect(statSync(inDirectory('inventory.db')).size).toBeGreaterThan(0);
    expect(statSync(`${inDirectory('inventory.db')}-wal`, { throwIfNoEntry: false })).toBeUndefined();
  });

  it('keeps refused endpoints and repeated scans small', async () => {
    const inventory = await openStarted();
    const endpoints = Array.from({ length: 4000 }, (_, i) =>
      makeEndpoint({ address: `10.0.${i >> 8}.${i & 255}` }),
    );
    await inventory.saveBatch(endpoints.map((endpoint) => makeRefused(endpoint)));
    await inventory.close();
    const size = statSync(inDirectory('inventory.db')).size;
    expect(size / endpoints.length).toBeLessThan(150);
  });
});

const judgedObservations: fc.Arbitrary<JudgedObservation> = fc
  .record({
    run: fc.constantFrom(...RUNS),
    second: fc.integer({ min: 0, max: 59 }),
    port: fc.integer({ min: 1, max: 4 }),
    address: fc.option(fc.oneof(fc.constantFrom('192.0.2.1', '2001:db8::1'), fc.ipV6())),
    serverName: fc.option(fc.constantFrom('a.example', 'b.example')),
    names: fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 3 }),
    text: fc.string({ unit: 'binary' }),
    outcome: fc.constantFrom(...OUTCOMES),
    notAfter: fc.option(fc.date({ noInvalidDate: true, min: new Date(0), max: new Date(253402300799000) })),
    grade: fc.option(fc.constantFrom('A', 'F')),
  })
  .map(({ run, second, port, address, serverName, names, text, outcome, notAfter, grade }) => {
    const endpoint = makeEndpoint({ address, port, serverName });
    const observedAt = `2026-11-22T10:00:${String(second).padStart(2, '0')}.000Z`;
    if (outcome !== 'tls') {
      const refused = makeRefused(endpoint, { run, observedAt });
      const failure = { stage: 'connect', code: 'word', detail: text } as const;
      return { ...refused, observation: { ...refused.observation, outcome, failure } };
    }
    const judged = makeTls(endpoint, names, { run, observedAt });
    // Facts follow from the bytes of a certificate, so certificates of one name have the same ones.
    const unique = [fingerprint(Buffer.from(`${text} ${notAfter?.toISOString()}`)), ...names];
    const facts = makeFacts(unique[0] ?? '', {
      commonName: text,
      subjectAltNames: [text, 'DNS:a.example'],
      notAfter: notAfter?.toISOString() ?? null,
    });
    return {
      observation: {
        ...judged.observation,
        handshake: judged.observation.handshake && {
          ...judged.observation.handshake,
          presentedChain: unique.map(makeDer),
        },
      },
      judgement: {
        ...judged.judgement,
        presented: [facts, ...names.map((name) => makeFacts(name))],
        findings: judged.judgement.findings.map((finding) => ({ ...finding, message: text })),
        grade,
      },
    };
  });

function order({ observation }: JudgedObservation, seed: number): string {
  return fingerprint(
    Buffer.from(`${seed} ${JSON.stringify(observation.endpoint)} ${observation.observedAt}`),
  );
}
