import { expect, it } from 'vitest';
import { openInventory } from '../../src/store/inventory.js';
import type { LastObserved } from '../../src/store/last-observed.js';
import { makeEndpoint, makeRefused, makeRun, makeTls, RUNS } from './sample-observation.js';
import { useTemporaryDirectory } from './temporary-directory.js';

const inDirectory = useTemporaryDirectory();

it('tells the latest observation of every endpoint, with the protocol of the plan', async () => {
  const inventory = openInventory(inDirectory('inventory.db'), { create: true });
  for (const run of RUNS) await inventory.startRun(makeRun(run));
  const later = { run: RUNS[1], observedAt: '2026-11-23T10:00:00.000Z' };
  const { observation, judgement } = makeTls(makeEndpoint({ port: 2, protocol: 'smtp' }));
  const [still, gone, silent] = [1, 3, 4].map((port) => makeEndpoint({ port }));
  await inventory.saveBatch([
    makeTls(still),
    makeTls(still, undefined, later),
    { observation: { ...observation, plannedProtocol: 'tls' }, judgement },
    makeTls(gone),
    makeRefused(gone, later),
    makeRefused(silent),
    makeRefused(silent, later),
  ]);
  const known: LastObserved[] = [];
  for await (const each of inventory.lastObserved()) known.push(each);
  const expires = '2026-12-04T00:00:00.000Z';
  const { observedAt } = later;
  expect(known.sort((a, b) => a.endpoint.port - b.endpoint.port)).toEqual([
    { endpoint: still, observedAt, expires, hasCertificate: true },
    {
      endpoint: makeEndpoint({ port: 2 }),
      observedAt: '2026-11-22T10:00:01.234Z',
      expires,
      hasCertificate: true,
    },
    { endpoint: gone, observedAt, expires: null, hasCertificate: false },
    { endpoint: silent, observedAt, expires: null, hasCertificate: false },
  ]);
  await inventory.close();
});
