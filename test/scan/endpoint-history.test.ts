import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readEndpointHistory } from '../../src/scan/endpoint-history.js';
import { type Inventory, openInventory } from '../../src/store/inventory.js';
import type { JudgedObservation } from '../../src/store/save-observations.js';
import {
  fingerprint,
  makeDer,
  makeEndpoint,
  makeRefused,
  makeRun,
  makeTls,
  RUNS,
} from '../store/sample-observation.js';
import { useTemporaryDirectory } from '../store/temporary-directory.js';

const inDirectory = useTemporaryDirectory('suite');
let inventory: Inventory;

const ENDPOINT = makeEndpoint({ port: 1 });

function at(day: number): { run: string; observedAt: string } {
  const observedAt = `2026-11-${String(day).padStart(2, '0')}T10:00:00.000Z`;
  return { run: RUNS[day % 2] ?? RUNS[0], observedAt };
}

beforeAll(async () => {
  inventory = openInventory(inDirectory('inventory.db'), { create: true });
  for (const run of RUNS) await inventory.startRun(makeRun(run));
  const good = { findings: [], status: 'Good' } as const;
  const batch: JudgedObservation[] = [
    makeTls(ENDPOINT, ['old'], at(1)),
    makeTls(ENDPOINT, ['old'], at(2)),
    makeTls(ENDPOINT, ['new'], { ...at(3), judgement: good }),
    makeTls(ENDPOINT, ['new'], { ...at(4), judgement: good }),
    makeTls(ENDPOINT, ['new'], { ...at(5), judgement: good }),
    makeRefused(ENDPOINT, at(6)),
    makeRefused(makeEndpoint({ port: 2 }), at(7)),
    makeTls(makeEndpoint({ port: 1, serverName: 'other.example' }), ['other'], at(8)),
  ];
  await inventory.saveBatch(batch);
});

afterAll(() => inventory.close());

describe('the history of an endpoint', () => {
  it('tells what was observed, the latest first, the same in one', async () => {
    const { lastWithCertificate, ...history } = await readEndpointHistory(inventory, ENDPOINT, 10);
    expect(lastWithCertificate?.observedAt).toBe(at(5).observedAt);
    const leaf = (name: string) => ({
      fingerprintSha256: fingerprint(makeDer(name)),
      commonName: `${name}.example`,
      notAfter: '2026-12-04T00:00:00.000Z',
    });
    expect(history).toEqual({
      observations: 6,
      lastSeen: at(5).observedAt,
      omitted: 0,
      spans: [
        {
          from: at(6).observedAt,
          to: at(6).observedAt,
          observations: 1,
          outcome: 'refused',
          status: 'No certificate',
          grade: null,
          leaf: null,
          findings: [],
        },
        {
          from: at(3).observedAt,
          to: at(5).observedAt,
          observations: 3,
          outcome: 'tls',
          status: 'Good',
          grade: 'A',
          leaf: leaf('new'),
          findings: [],
        },
        {
          from: at(1).observedAt,
          to: at(2).observedAt,
          observations: 2,
          outcome: 'tls',
          status: 'Warning',
          grade: 'A',
          leaf: leaf('old'),
          findings: ['expiring'],
        },
      ],
    });
  });

  it('leaves out the oldest beyond its limit', async () => {
    const { observations, omitted, spans } = await readEndpointHistory(inventory, ENDPOINT, 1);
    expect([observations, omitted, spans.length]).toEqual([6, 2, 1]);
    const two = await readEndpointHistory(inventory, ENDPOINT, 2);
    expect([two.omitted, two.spans[1]?.observations]).toEqual([1, 3]);
  });

  it('knows when there never was a certificate', async () => {
    const history = await readEndpointHistory(inventory, makeEndpoint({ port: 2 }), 10);
    expect(history).toMatchObject({ observations: 1, lastSeen: null, lastWithCertificate: null });
  });
});
