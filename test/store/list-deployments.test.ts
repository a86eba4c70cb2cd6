import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Deployment } from '../../src/model/deployment.js';
import type { Endpoint } from '../../src/model/endpoint.js';
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
} from './sample-observation.js';
import { useTemporaryDirectory } from './temporary-directory.js';

const inDirectory = useTemporaryDirectory('suite');
let inventory: Inventory;
const FIRST = '2026-11-22T10:00:00.000Z';
const LATER = '2026-11-23T10:00:00.000Z';

beforeAll(async () => {
  inventory = openInventory(inDirectory('inventory.db'), { create: true });
  for (const run of RUNS) await inventory.startRun(makeRun(run));
  const later = { run: RUNS[1], observedAt: LATER };
  await inventory.saveBatch([
    makeTls(makeEndpoint({ port: 1 }), ['a', 'ca'], { observedAt: FIRST }),
    makeTls(makeEndpoint({ port: 1 }), ['a', 'ca'], later),
    makeTls(makeEndpoint({ port: 2 }), ['a'], { observedAt: FIRST }),
    makeTls(makeEndpoint({ port: 2 }), ['b', 'ca'], later),
    makeTls(makeEndpoint({ port: 3 }), ['a', 'ca'], { observedAt: FIRST }),
    makeRefused(makeEndpoint({ port: 3 }), later),
    makeTls(makeEndpoint({ port: 5 }), ['a'], { observedAt: FIRST }),
    makeSilent(makeEndpoint({ port: 5 })),
    makeTls(makeEndpoint({ port: 4 }), ['c'], { observedAt: FIRST }),
  ]);
});

afterAll(() => inventory.close());

/** An endpoint that did not answer later. */
function makeSilent(endpoint: Endpoint): JudgedObservation {
  const { observation, judgement } = makeRefused(endpoint, { run: RUNS[1], observedAt: LATER });
  return { observation: { ...observation, outcome: 'connect-timeout' }, judgement };
}

async function list(name: string): Promise<unknown[]> {
  const all: Deployment[] = [];
  for await (const each of inventory.deployments(fingerprint(makeDer(name)))) all.push(each);
  return all.map(({ chain, endpoint, firstSeen, isCurrent, lastSeen, place, state }) => [
    endpoint.port,
    state,
    chain.length,
    place,
    isCurrent ? 'now' : 'before',
    firstSeen.slice(0, 10),
    lastSeen.slice(0, 10),
  ]);
}

describe('listing deployments', () => {
  it('tells where a certificate is, and where it was', async () => {
    expect(await list('a')).toEqual([
      [1, 'live', 2, 1, 'now', '2026-11-22', '2026-11-23'],
      [5, 'unreachable', 1, 1, 'now', '2026-11-22', '2026-11-22'],
      [2, 'changed', 1, 1, 'before', '2026-11-22', '2026-11-22'],
      [3, 'gone', 2, 1, 'before', '2026-11-22', '2026-11-22'],
    ]);
  });

  it('tells the place in the chain', async () => {
    expect(await list('ca')).toEqual([
      [1, 'live', 2, 2, 'now', '2026-11-22', '2026-11-23'],
      [2, 'changed', 2, 2, 'now', '2026-11-23', '2026-11-23'],
      [3, 'gone', 2, 2, 'before', '2026-11-22', '2026-11-22'],
    ]);
  });

  it('has nothing to tell of a certificate that nobody presented', async () => {
    expect(await list('unknown')).toEqual([]);
  });
});
