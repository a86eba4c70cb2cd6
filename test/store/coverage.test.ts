import { describe, expect, it } from 'vitest';
import { openInventory } from '../../src/store/inventory.js';
import { makeEndpoint, makeRefused, makeRun, makeTls, RUNS } from './sample-observation.js';
import { useTemporaryDirectory } from './temporary-directory.js';

const inDirectory = useTemporaryDirectory();

async function openFilled() {
  const inventory = openInventory(inDirectory('inventory.db'), { create: true });
  for (const run of RUNS) await inventory.startRun(makeRun(run));
  const { observation, judgement } = makeTls(makeEndpoint({ address: '10.1.2.9', protocol: 'smtp' }));
  await inventory.saveBatch([
    ...Array.from({ length: 256 }, (_, i) => makeRefused(makeEndpoint({ address: `10.1.2.${i}` }))),
    ...Array.from({ length: 10 }, (_, i) => makeRefused(makeEndpoint({ address: `10.1.3.${i}`, port: 25 }))),
    makeTls(makeEndpoint({ address: '10.1.2.7' }), undefined, { observedAt: '2026-11-22T10:00:09.000Z' }),
    { observation: { ...observation, plannedProtocol: 'tls' }, judgement },
    makeTls(makeEndpoint({ address: '2001:db8:0:1::1' })),
    makeRefused(makeEndpoint({ address: '2001:db8:0:1::ff' })),
    makeRefused(makeEndpoint({ address: null, host: 'gone.example' })),
    makeRefused(makeEndpoint({ address: '10.9.9.9' }), { run: RUNS[1] }),
  ]);
  return inventory;
}

describe('the coverage of a run', () => {
  it('counts outcomes by port and network, packed or not', async () => {
    const inventory = await openFilled();
    const { outcomes, ports, subnets } = await inventory.coverage(RUNS[0]);
    expect(outcomes).toMatchObject({ tls: 3, refused: 268, 'connect-timeout': 0 });
    expect(ports).toEqual([
      { port: 25, protocol: 'tls', counts: { refused: 10 } },
      { port: 443, protocol: 'tls', counts: { tls: 3, refused: 258 } },
    ]);
    expect(subnets).toEqual([
      { subnet: '10.1.2.0/24', counts: { tls: 2, refused: 256 } },
      { subnet: '10.1.3.0/24', counts: { refused: 10 } },
      { subnet: '2001:db8:0:1::/64', counts: { tls: 1, refused: 1 } },
      { subnet: 'no address', counts: { refused: 1 } },
    ]);
    await inventory.close();
  });

  it.each([
    [3, ['10.1.0.0/16', '2001:db8::/48', 'no address']],
    [2, ['0.0.0.0/0', '::/0', 'no address']],
  ])('widens networks where there are more than %i', async (maxSubnets, expected) => {
    const inventory = await openFilled();
    const { subnets } = await inventory.coverage(RUNS[0], { maxSubnets });
    expect(subnets.map(({ subnet }) => subnet)).toEqual(expected);
    const observations = subnets.flatMap(({ counts }) => Object.values(counts));
    expect(observations.reduce((sum, each) => sum + each, 0)).toBe(271);
    await inventory.close();
  });

  it('of a run that nobody knows is nothing', async () => {
    const inventory = await openFilled();
    expect(await inventory.coverage('nobody')).toMatchObject({ ports: [], subnets: [] });
    await inventory.close();
  });
});
