import { describe, expect, it } from 'vitest';
import { openInventory } from '../../src/store/inventory.js';
import { fingerprint, makeDer, makeEndpoint, makeFacts, makeRun, makeTls } from './sample-observation.js';
import { useTemporaryDirectory } from './temporary-directory.js';

const inDirectory = useTemporaryDirectory();

describe('what the inventory knows of issuers', () => {
  it('is what was presented above a leaf, and what was saved without being presented', async () => {
    const inventory = openInventory(inDirectory('inventory.db'), { create: true });
    await inventory.startRun(makeRun());
    await inventory.saveBatch([
      makeTls(makeEndpoint({ port: 1 }), ['a', 'ca']),
      makeTls(makeEndpoint({ port: 2 }), ['ca2']),
    ]);
    const fetched = ['fetched', 'ca'].map((name) => ({ der: makeDer(name), facts: makeFacts(name) }));
    await inventory.saveCertificates(fetched);
    await inventory.saveCertificates(fetched);
    const issuers: string[] = [];
    for await (const der of inventory.issuers()) issuers.push(Buffer.from(der).toString());
    expect(issuers.sort()).toEqual(['certificate of ca', 'certificate of fetched']);
    const listed: (string | null)[] = [];
    for await (const { certificate } of inventory.certificates({ withChains: true }))
      listed.push(certificate.commonName);
    expect(listed).not.toContain('fetched.example');
    await inventory.close();
  });

  it('finds certificates by the beginning of their fingerprint', async () => {
    const inventory = openInventory(inDirectory('inventory.db'), { create: true });
    const names = Array.from({ length: 40 }, (_, index) => `certificate ${index}`);
    await inventory.saveCertificates(names.map((name) => ({ der: makeDer(name), facts: makeFacts(name) })));
    const all = names.map((name) => fingerprint(makeDer(name))).sort();
    expect(await inventory.findCertificates('', 100)).toEqual(all);
    expect(await inventory.findCertificates('', 3)).toEqual(all.slice(0, 3));
    for (const beginning of ['0', 'f', 'a1', all[7] ?? '', (all[9] ?? '').slice(0, 9)]) {
      expect(await inventory.findCertificates(beginning, 100)).toEqual(
        all.filter((each) => each.startsWith(beginning)),
      );
    }
    await inventory.close();
  });
});
