import { writeFileSync } from 'node:fs';
import { createJudge } from '../../../src/grade/judge.js';
import { DEFAULT_POLICY } from '../../../src/grade/policy.js';
import type { Observation } from '../../../src/model/observation.js';
import { findForeignSource } from '../../../src/scan/find-foreign-source.js';
import { importResults } from '../../../src/scan/import-results.js';
import { makeIssuerIndex } from '../../../src/scan/issuer-index.js';
import { type Inventory, openInventory } from '../../../src/store/inventory.js';
import { makeCertificate, NOW } from '../../fixtures/make-certificate.js';
import { makePosture } from '../../fixtures/make-posture.js';
import { makeEndpoint, makeRefused, makeRun, makeTls } from '../../store/sample-observation.js';

/** Makes an inventory that has been scanned, in all its variety. */
export async function makeScanned(file: string): Promise<Inventory> {
  const issuing = await makeCertificate({ subject: 'CN=Issuing', ca: true });
  const leaf = await makeCertificate({
    subject: 'CN=\\=cmd|a\\, b,O=Corp',
    dnsNames: ['www.example.org', 'example.org'],
    issuer: issuing,
  });
  const inventory = openInventory(file, { create: true });
  await inventory.startRun(makeRun());
  const tls = makeTls().observation;
  if (tls.handshake === null) throw new Error('the sample has a handshake');
  const handshake = { ...tls.handshake, presentedChain: [leaf.der, issuing.der] };
  const named = makeEndpoint({ host: 'www.example.org', serverName: 'www.example.org', port: 8443 });
  const observations: Observation[] = [
    { ...tls, handshake },
    {
      ...tls,
      handshake: { ...handshake, presentedChain: [leaf.der] },
      endpoint: named,
      posture: makePosture(),
    },
    { ...tls, endpoint: makeEndpoint({ port: 25, protocol: 'smtp' }), greeting: '220 hello', handshake },
    makeRefused(makeEndpoint({ port: 81 })).observation,
    makeRefused(makeEndpoint({ host: 'gone.example', address: null })).observation,
  ];
  const judge = createJudge({ policy: DEFAULT_POLICY, trustStores: [], now: NOW });
  await inventory.saveBatch(
    observations.map((observation) => ({ observation, judgement: judge(observation) })),
  );
  return inventory;
}

/** Imports a text into an inventory of its own, beside the file that it is written to. */
export async function importText(text: string, path: string): Promise<Inventory> {
  const source = findForeignSource(text);
  if (source === null) throw new Error('no tool writes such a text');
  writeFileSync(path, text);
  const inventory = openInventory(`${path}.db`, { create: true });
  await importResults({
    path,
    source,
    inventory,
    issuers: makeIssuerIndex(),
    definition: {},
    makeContext: async (now) => ({ policy: DEFAULT_POLICY, trustStores: [], now }),
  });
  return inventory;
}
