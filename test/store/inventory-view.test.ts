import { writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseQuery } from '../../src/query/parse-query.js';
import { openInventory } from '../../src/store/inventory.js';
import { type InventoryView, openViews } from '../../src/store/inventory-view.js';
import type { JudgedObservation } from '../../src/store/save-observations.js';
import {
  EXPIRING,
  fingerprint,
  makeDer,
  makeEndpoint,
  makeRefused,
  makeRun,
  makeTls,
  RUNS,
} from './sample-observation.js';
import { useTemporaryDirectory } from './temporary-directory.js';

const file = useTemporaryDirectory();
const NOW = new Date('2026-11-23T00:00:00Z');
const [FIRST, SECOND] = RUNS;
const ALL = { until: Number.POSITIVE_INFINITY };

async function write(observations: readonly JudgedObservation[]): Promise<string> {
  const path = file('inventory.db');
  const inventory = openInventory(path, { create: true });
  for (const run of RUNS) await inventory.startRun(makeRun(run));
  await inventory.saveBatch(observations);
  await inventory.close();
  return path;
}

function look<Result>(
  path: string,
  use: (view: (choice: InventoryView['choice']) => InventoryView) => Result,
): Result {
  const views = openViews(path, { now: NOW });
  try {
    return use(views.view);
  } finally {
    views.close();
  }
}

describe('views of an inventory', () => {
  it('hands out thousands of entries, each once and in order', async () => {
    const path = await write(
      Array.from({ length: 8001 }, (_, i) => makeTls(makeEndpoint({ port: 1 + i }), ['leaf'])),
    );
    look(path, (view) => {
      const ids = [...view({ run: FIRST }).entries()].map(({ endpointId }) => endpointId);
      expect(ids).toHaveLength(8001);
      expect(ids).toEqual([...new Set(ids)].sort((a, b) => Number(a) - Number(b)));
      const ports = [...view(ALL).naturalEntries()].map(({ port }) => port);
      expect(ports).toEqual(Array.from({ length: 8001 }, (_, i) => 1 + i));
      expect([...view({ run: SECOND }).entries()]).toEqual([]);
    });
  });

  it('shows of each endpoint what was last known until then', async () => {
    const times = ['01', '02', '03'].map((second) => `2026-11-22T10:00:${second}.000Z`);
    const path = await write(
      times.map((observedAt, i) => makeTls(makeEndpoint(), [`leaf ${i}`], { observedAt })),
    );
    look(path, (view) => {
      const leafAt = (choice: InventoryView['choice']) => {
        const [entry] = view(choice).entries();
        return entry ? view(choice).record(entry, makeEndpoint()).leaf : null;
      };
      expect(leafAt({ until: Date.parse('2026-11-22T10:00:00Z') })).toBeNull();
      expect(leafAt({ until: Date.parse('2026-11-22T10:00:02Z') })).toBe(fingerprint(makeDer('leaf 1')));
      expect(leafAt(ALL)).toBe(fingerprint(makeDer('leaf 2')));
      expect(leafAt({ run: FIRST })).toBe(fingerprint(makeDer('leaf 2')));
      expect(leafAt({ run: SECOND })).toBeNull();
    });
  });

  it('finds what is packed, and what is not', async () => {
    const silent = makeEndpoint({ address: '192.0.2.8' });
    const path = await write([makeTls(), makeRefused(silent), makeRefused(silent, { run: SECOND })]);
    look(path, (view) => {
      expect([...view(ALL).entries()]).toHaveLength(1);
      expect(view(ALL).find(makeEndpoint())).toMatchObject({ endpointId: 1 });
      for (const choice of [ALL, { run: FIRST }, { run: SECOND }]) {
        const entry = view(choice).find(silent);
        expect(entry).toMatchObject({ endpointId: null, chainId: null });
        expect(entry && view(choice).record(entry, silent)).toMatchObject({
          outcome: 'refused',
          failure: { stage: 'connect', detail: 'connection refused' },
          observedAt: '2026-11-22T10:00:01.200Z',
          leaf: null,
          findings: [],
        });
      }
      expect(view({ run: SECOND }).find(makeEndpoint())).toBeNull();
      expect(view(ALL).find(makeEndpoint({ address: '192.0.2.9' }))).toBeNull();
      expect(view(ALL).find({ ...silent, serverName: 'a.example' })).toBeNull();
      expect(view({ until: Date.parse('2026-11-22T10:00:01Z') }).find(silent)).toBeNull();
    });
  });

  it('tells the last certificate of an endpoint', async () => {
    const observedAt = '2026-11-22T10:00:05.000Z';
    const path = await write([makeTls(), makeRefused(makeEndpoint(), { observedAt })]);
    look(path, (view) => {
      const { lastCertificate } = view({ run: SECOND });
      const known = { leaf: fingerprint(makeDer('leaf')), observedAt: '2026-11-22T10:00:01.234Z' };
      expect(lastCertificate(makeEndpoint(), Date.parse(observedAt))).toEqual(known);
      expect(lastCertificate(makeEndpoint(), Date.parse('2026-11-22T10:00:00Z'))).toBeNull();
      expect(lastCertificate(makeEndpoint({ port: 1 }), Date.parse(observedAt))).toBeNull();
    });
  });

  it('tells what people say of endpoints, and heeds what they accept', async () => {
    const path = await write([makeTls()]);
    const inventory = openInventory(path);
    await inventory.annotate(
      [{ kind: 'endpoint', endpoint: makeEndpoint() }],
      {
        owner: 'web team',
        addTags: ['shop'],
        waivers: [
          { finding: 'expiring', owner: 'web team', reason: 'moves', until: '2026-12-31T00:00:00.000Z' },
        ],
      },
      '2026-11-22T12:00:00.000Z',
    );
    await inventory.close();
    look(path, (view) => {
      const [entry] = view(ALL).entries();
      const record = entry && view(ALL).record(entry, makeEndpoint());
      expect(record).toMatchObject({ owner: 'web team', tags: ['shop'] });
      expect(record?.findings).toMatchObject([{ id: 'expiring', waived: { owner: 'web team' } }]);
    });
  });

  it('tells the findings of a judgement, waived ones too', async () => {
    const waived = { owner: 'ops', reason: 'old', until: '2026-12-31T00:00:00.000Z' };
    const path = await write([
      makeTls(makeEndpoint(), ['leaf'], {
        judgement: { findings: [EXPIRING, { ...EXPIRING, id: 'tls10', subject: null, waived }] },
      }),
    ]);
    look(path, (view) => {
      const [entry] = view(ALL).entries();
      expect(entry && view(ALL).record(entry, makeEndpoint()).findings).toEqual([
        EXPIRING,
        { ...EXPIRING, id: 'tls10', subject: null, waived },
      ]);
    });
  });

  it('tells the same facts of the same observation, and others of another', async () => {
    const path = await write([
      makeTls(),
      makeTls(makeEndpoint(), undefined, { run: SECOND, judgement: { findings: [], grade: 'B' } }),
      makeTls(makeEndpoint({ port: 1 }), ['other']),
    ]);
    look(path, (view) => {
      const facts = RUNS.flatMap((run) =>
        [...view({ run }).entries()].map((entry) => view({ run }).record(entry, makeEndpoint()).facts()),
      );
      expect(facts[0]).toBe(facts[2]);
      expect(facts[0]).not.toBe(facts[1]);
    });
  });

  it('matches entries against a query', async () => {
    const path = await write([makeTls(), makeRefused(makeEndpoint({ address: '192.0.2.8' }))]);
    for (const [text, expected] of [
      ['port = 443', true],
      ['port = 1', false],
      ['finding:expiring and cn = leaf.example', true],
    ] as const) {
      const views = openViews(path, { now: NOW, matching: { query: parseQuery(text), now: NOW } });
      const view = views.view(ALL);
      const packed = view.find(makeEndpoint({ address: '192.0.2.8' }));
      expect([...view.entries()].map(view.matches)).toEqual([expected]);
      expect(packed && view.matches(packed)).toBe(false);
      views.close();
    }
  });

  it('says in one line what cannot be opened', () => {
    writeFileSync(file('text.db'), 'this is no database, but a text that is long enough to look like a file');
    expect(() => openViews(file('none.db'), { now: NOW })).toThrow('there is no inventory');
    expect(() => openViews(file('text.db'), { now: NOW })).toThrow('is not an SQLite database');
  });
});
