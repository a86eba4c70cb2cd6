import { describe, expect, it } from 'vitest';
import { parseQuery } from '../../src/query/parse-query.js';
import { type Inventory, openInventory } from '../../src/store/inventory.js';
import type { RecordSortKey } from '../../src/store/record-query.js';
import type { JudgedObservation } from '../../src/store/save-observations.js';
import { EXPIRING, makeEndpoint, makeFacts, makeRun, makeTls, RUNS } from './sample-observation.js';
import { useTemporaryDirectory } from './temporary-directory.js';

const file = useTemporaryDirectory();
const [FIRST, SECOND] = RUNS;
const NOW = new Date('2026-11-23T12:00:00.000Z');

function withVersion(judged: JudgedObservation, version: string): JudgedObservation {
  const { handshake } = judged.observation;
  if (handshake === null) return judged;
  return { ...judged, observation: { ...judged.observation, handshake: { ...handshake, version } } };
}

/** Four endpoints, of which the second has another TLS version in the second run, and nothing else. */
async function fill(): Promise<Inventory> {
  const inventory = openInventory(file('inventory.db'), { create: true });
  const later = { run: SECOND, observedAt: '2026-11-23T10:00:00.000Z' };
  const strong = { presented: [makeFacts('ec', { keyType: 'EC', keyBits: 256 })], findings: [] };
  const grave = { findings: [EXPIRING, { ...EXPIRING, id: 'expired', severity: 'critical' as const }] };
  for (const run of [FIRST, SECOND]) await inventory.startRun(makeRun(run));
  await inventory.saveBatch([
    makeTls(makeEndpoint({ port: 1 }), ['leaf']),
    makeTls(makeEndpoint({ port: 2 }), ['leaf']),
    withVersion(makeTls(makeEndpoint({ port: 3 }), ['ec'], { judgement: strong }), 'TLSv1.3'),
    makeTls(makeEndpoint({ port: 4 }), ['other'], { judgement: grave }),
  ]);
  await inventory.saveBatch([
    withVersion(makeTls(makeEndpoint({ port: 2 }), ['leaf'], later), 'TLSv1.3'),
    makeTls(makeEndpoint({ port: 1 }), ['leaf'], later),
  ]);
  return inventory;
}

async function portsOf(inventory: Inventory, where: string | null, by?: RecordSortKey): Promise<number[]> {
  const ports: number[] = [];
  const matching = where === null ? undefined : { query: parseQuery(where), now: NOW };
  const query = { ...(matching && { matching }), ...(by && { sort: [{ by, descending: true }] }) };
  for await (const { endpoint } of inventory.records(query)) ports.push(endpoint.port);
  return ports;
}

describe('what endpoints share', () => {
  it.each<[string, readonly number[]]>([
    ['tlsVersion = 1.3', [2, 3]],
    ['tlsVersion < 1.3', [1, 4]],
    ['not tlsVersion < 1.3', [2, 3]],
    ['severity >= medium', [1, 2, 4]],
    ['severity = medium', [1, 2]],
    ['severity > high', [4]],
    ['not has severity', [3]],
    ['keyType = ec', [3]],
    ['keyLength >= 2048 and outcome = tls', [1, 2, 4]],
    ['san = leaf.example', [1, 2]],
    ['san != DNS:leaf.example', [3, 4]],
    ['subject ~ "cn=other"', [4]],
    ['messages ~ "expires in 12 days"', [1, 2, 4]],
    ['issued < 2026-01-01', []],
    ['has failure', []],
    ['host ~ "2.0.2"', [1, 2, 3, 4]],
    ['host ~ "2.0.3"', []],
    ['host = 192.0.2.7', [1, 2, 3, 4]],
  ])('answers %s', async (where, ports) => {
    const inventory = await fill();
    expect(await portsOf(inventory, where)).toEqual(ports);
    await inventory.close();
  });

  it.each<[RecordSortKey, readonly number[]]>([
    ['tlsVersion', [2, 3, 1, 4]],
    ['keyType', [1, 2, 4, 3]],
    ['keyLength', [1, 2, 4, 3]],
    ['outcome', [1, 2, 3, 4]],
    ['issued', [1, 2, 3, 4]],
  ])('sorts by %s', async (by, ports) => {
    const inventory = await fill();
    expect(await portsOf(inventory, null, by)).toEqual(ports);
    await inventory.close();
  });

  it('heeds findings that somebody accepts', async () => {
    const inventory = await fill();
    const waiver = {
      finding: 'expiring',
      owner: 'Jane',
      reason: 'a test',
      until: '2027-01-01T00:00:00.000Z',
    };
    const endpoint = makeEndpoint({ port: 1 });
    await inventory.annotate([{ kind: 'endpoint', endpoint }], { waivers: [waiver] }, NOW.toISOString());
    expect(await portsOf(inventory, 'severity = medium')).toEqual([2]);
    expect(await portsOf(inventory, 'not has severity')).toEqual([1, 3]);
    await inventory.close();
  });
});
