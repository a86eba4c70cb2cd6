import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { prepareEntryFacts } from '../../src/store/entry-facts.js';
import { openInventory } from '../../src/store/inventory.js';
import { EXPIRING, fingerprint, makeDer, makeEndpoint, makeRun, makeTls } from './sample-observation.js';
import { useTemporaryDirectory } from './temporary-directory.js';

const file = useTemporaryDirectory();

describe('the facts of entries', () => {
  it('are the same read one by one and by the batch', async () => {
    const path = file('inventory.db');
    const inventory = openInventory(path, { create: true });
    await inventory.startRun(makeRun());
    const waived = { owner: 'Jane', reason: 'test bench', until: '2027-01-01T00:00:00.000Z' };
    await inventory.saveBatch([
      makeTls(makeEndpoint({ port: 1 }), ['leaf', 'ca'], { judgement: { findings: [EXPIRING] } }),
      makeTls(makeEndpoint({ port: 2 }), ['leaf'], { judgement: { findings: [{ ...EXPIRING, waived }] } }),
    ]);
    await inventory.close();
    const database = new Database(path, { readonly: true });
    try {
      const [loaded, single] = [prepareEntryFacts(database), prepareEntryFacts(database)];
      const entries = database
        .prepare<[], { chainId: number; judgementId: number }>(
          'select chain_id as chainId, judgement_id as judgementId from observation order by endpoint_id',
        )
        .all()
        .map((entry) => ({
          ...entry,
          endpointId: 1,
          runId: 1,
          observedAt: 0,
          plannedProtocol: null,
          outcomeId: 1,
        }));
      loaded.load(entries);
      for (const { chainId, judgementId } of entries) {
        expect(loaded.leafOf(chainId)).toEqual(single.leafOf(chainId));
        expect(loaded.judgementOf(judgementId)).toEqual(single.judgementOf(judgementId));
      }
      const [first, second] = entries.map(({ chainId, judgementId }) => ({
        sha256: loaded.leafOf(chainId)?.sha256,
        findings: loaded.judgementOf(judgementId).findings,
      }));
      expect(first).toEqual({ sha256: fingerprint(makeDer('leaf')), findings: [EXPIRING] });
      expect(second?.findings).toEqual([{ ...EXPIRING, waived }]);
      expect(() => single.judgementOf(77)).toThrow('there is no judgement 77');
    } finally {
      database.close();
    }
  });
});
