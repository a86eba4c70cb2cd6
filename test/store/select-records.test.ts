import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Endpoint } from '../../src/model/endpoint.js';
import { parseQuery } from '../../src/query/parse-query.js';
import { type Inventory, openInventory } from '../../src/store/inventory.js';
import { RECORD_SORT_KEYS, type RecordFilter, type RecordQuery } from '../../src/store/record-query.js';
import type { JudgedObservation } from '../../src/store/save-observations.js';
import {
  EXPIRING,
  fingerprint,
  makeDer,
  makeEndpoint,
  makeFacts,
  makeRefused,
  makeRun,
  makeTls,
} from './sample-observation.js';
import { useTemporaryDirectory } from './temporary-directory.js';

const inDirectory = useTemporaryDirectory('suite');
let inventory: Inventory;

const ENDPOINTS: Record<string, Partial<Endpoint>> = {
  ten: { address: '10.0.0.10' },
  nine: { address: '10.0.0.9', host: 'Mail.example', port: 25, protocol: 'smtp', serverName: 'mail.example' },
  six: { address: '2001:db8::1' },
  refused: { address: '10.0.0.1' },
};

/** An endpoint of the table, with a leaf of its name. */
function observe(name: string, judgement: Partial<JudgedObservation['judgement']>): JudgedObservation {
  return makeTls(makeEndpoint(ENDPOINTS[name]), [name, 'ca'], { judgement });
}

beforeAll(async () => {
  inventory = openInventory(inDirectory('inventory.db'), { create: true });
  await inventory.startRun(makeRun());
  await inventory.saveBatch([
    observe('ten', {
      status: 'Good',
      findings: [],
      presented: [makeFacts('ten', { notAfter: null, keyBits: 4096 })],
    }),
    observe('nine', {
      status: 'Expired',
      findings: [EXPIRING, { ...EXPIRING, id: 'expired' }],
      presented: [makeFacts('nine', { notAfter: '2026-01-01T00:00:00.000Z' })],
    }),
    observe('six', { status: 'Warning', grade: null, presented: [makeFacts('six', { commonName: null })] }),
    makeRefused(makeEndpoint(ENDPOINTS.refused)),
  ]);
});

afterAll(() => inventory.close());

async function names(query: RecordQuery): Promise<string[]> {
  const found: string[] = [];
  for await (const { endpoint } of inventory.records({ withOutcomes: true, ...query })) {
    const entry = Object.entries(ENDPOINTS).find(([, { address }]) => address === endpoint.address);
    found.push(entry?.[0] ?? '?');
  }
  return found;
}

describe('selecting records', () => {
  it('puts addresses in the order of numbers, IPv4 before IPv6', async () => {
    expect(await names({})).toEqual(['refused', 'nine', 'ten', 'six']);
  });

  it('leaves out endpoints without a certificate unless they are asked for', async () => {
    expect(await names({ withOutcomes: false })).toEqual(['nine', 'ten', 'six']);
  });

  it('stops at the limit', async () => {
    expect(await names({ limit: 2 })).toEqual(['refused', 'nine']);
    expect(await names({ limit: 0 })).toEqual([]);
  });

  const filters: readonly (readonly [string, RecordFilter, readonly string[]])[] = [
    ['everything without conditions', {}, ['refused', 'nine', 'ten', 'six']],
    ['any of several statuses', { statuses: ['Expired', 'Good'] }, ['nine', 'ten']],
    ['nothing for an empty list', { statuses: [] }, []],
    ['outcomes', { outcomes: ['refused'] }, ['refused']],
    ['findings', { findings: ['expired', 'no-such'] }, ['nine']],
    ['an address', { host: '10.0.0.9' }, ['nine']],
    ['an IPv6 address', { host: '2001:DB8::1' }, ['six']],
    ['a host in any case', { host: 'MAIL.example' }, ['nine']],
    ['a port', { port: 25 }, ['nine']],
    ['a protocol', { protocol: 'smtp' }, ['nine']],
    ['a leaf', { fingerprint: fingerprint(makeDer('ten')) }, ['ten']],
    ['a certificate above the leaf', { fingerprint: fingerprint(makeDer('ca')) }, ['nine', 'ten', 'six']],
    ['an expiry', { expiresBefore: '2026-06-01T00:00:00Z' }, ['nine']],
    ['all conditions at once', { statuses: ['Expired', 'Good'], port: 443 }, ['ten']],
    ['quotes as they are', { host: "' or 1 = 1 --" }, []],
  ];

  it.each(filters)('filters by %s', async (_, where, expected) => {
    expect(await names({ where })).toEqual(expected);
  });

  it.each([
    ['warnings = expired', ['nine']],
    ['warnings != expired', ['ten', 'six']],
    ['has warnings', ['nine', 'six']],
    ['not has warnings', ['ten']],
    ['status = good', ['ten']],
    ['status != good', ['nine', 'six']],
    ['issuer ~ "EXAMPLE ca"', ['nine', 'ten', 'six']],
    ['issuer != "cn=example ca"', []],
    ['has issuer', ['nine', 'ten', 'six']],
    ['cn ~ ten', ['ten']],
    ['state = live and severity >= medium', ['nine', 'six']],
  ] as const)('answers from the current view: %s', async (text, expected) => {
    const matching = { query: parseQuery(text), now: new Date('2026-11-22T00:00:00Z') };
    expect(await names({ withOutcomes: false, matching })).toEqual(expected);
    const [first] = expected;
    expect(await names({ withOutcomes: false, matching, limit: 1 })).toEqual(first ? [first] : []);
  });

  it.each(RECORD_SORT_KEYS)('sorts the current view by %s as all else', async (by) => {
    for (const descending of [false, true]) {
      const sort = [{ by, descending }];
      const expected = (await names({ sort })).filter((name) => name !== 'refused');
      expect(await names({ sort, withOutcomes: false })).toEqual(expected);
    }
  });

  it.each([
    ['status, worst first', 'status', ['nine', 'six', 'ten', 'refused']],
    ['expiry', 'expires', ['nine', 'six', 'refused', 'ten']],
    ['common name', 'commonName', ['nine', 'ten', 'refused', 'six']],
    ['grade', 'grade', ['nine', 'ten', 'refused', 'six']],
  ] as const)('sorts by %s, what has no value last', async (_, by, expected) => {
    expect(await names({ sort: [{ by }] })).toEqual(expected);
  });

  it('keeps what has no value last when the order is turned', async () => {
    expect(await names({ sort: [{ by: 'keyLength', descending: true }] })).toEqual([
      'ten',
      'nine',
      'six',
      'refused',
    ]);
  });

  it('sorts by several keys', async () => {
    expect(await names({ sort: [{ by: 'port', descending: true }, { by: 'status' }] })).toEqual([
      'six',
      'ten',
      'refused',
      'nine',
    ]);
  });

  it.each(RECORD_SORT_KEYS)('can sort by %s both ways', async (by) => {
    for (const descending of [false, true])
      expect((await names({ sort: [{ by, descending }] })).sort()).toEqual(['nine', 'refused', 'six', 'ten']);
  });
});
