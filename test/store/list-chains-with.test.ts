import { describe, expect, it } from 'vitest';
import { openInventory } from '../../src/store/inventory.js';
import { fingerprint, makeDer, makeEndpoint, makeFacts, makeRun, makeTls } from './sample-observation.js';
import { useTemporaryDirectory } from './temporary-directory.js';

const inDirectory = useTemporaryDirectory();

describe('listing chains', () => {
  it('gives each presented chain that holds a certificate once, in sent order', async () => {
    const inventory = openInventory(inDirectory('inventory.db'), { create: true });
    await inventory.startRun(makeRun());
    await inventory.saveBatch([
      makeTls(makeEndpoint({ port: 1 }), ['a', 'ca', 'ca']),
      makeTls(makeEndpoint({ port: 2 }), ['a', 'ca', 'ca']),
      makeTls(makeEndpoint({ port: 3 }), ['b', 'ca']),
      makeTls(makeEndpoint({ port: 4 }), ['c']),
    ]);
    const chains: unknown[] = [];
    for await (const chain of inventory.chainsWith(fingerprint(makeDer('ca')))) {
      expect(chain[0]?.subject).toBe(makeFacts(chains.length === 0 ? 'a' : 'b').subject);
      chains.push(chain.map(({ fingerprintSha256 }) => fingerprintSha256));
    }
    await inventory.close();
    const [a, b, ca] = ['a', 'b', 'ca'].map((name) => fingerprint(makeDer(name)));
    expect(chains).toEqual([
      [a, ca, ca],
      [b, ca],
    ]);
  });
});
