import { describe, expect, it } from 'vitest';
import type { AnnotationEdit } from '../../src/model/annotation-edit.js';
import type { AnnotationSubject } from '../../src/model/annotation-subject.js';
import { EXPIRED } from '../../src/model/expired.js';
import type { InventoryRecord } from '../../src/model/inventory-record.js';
import { STATUSES, type Status } from '../../src/model/judgement.js';
import { parseQuery } from '../../src/query/parse-query.js';
import { type Inventory, openInventory } from '../../src/store/inventory.js';
import type { RecordQuery } from '../../src/store/record-query.js';
import {
  EXPIRING,
  fingerprint,
  makeDer,
  makeEndpoint,
  makeFacts,
  makeRun,
  makeTls,
  RUNS,
} from './sample-observation.js';
import { useTemporaryDirectory } from './temporary-directory.js';

const file = useTemporaryDirectory();
const AT = '2026-11-22T12:00:00.000Z';
const NOW = new Date('2026-11-23T00:00:00.000Z');
const AFTER_ALL = new Date('2026-12-04T00:00:00.001Z');
const SELF_SIGNED = { ...EXPIRING, id: 'self-signed' };
/** A root that stands in the path and was never sent. */
const ROOT = fingerprint(makeDer('root'));
const PLACES = [
  { port: 1 },
  { port: 2 },
  { port: 3, address: null, host: 'nowhere.example' },
  { port: 4, address: null, host: 'elsewhere.example' },
  { port: 5, address: '2001:db8::1', host: 'six.example', serverName: 'six.example' },
  { port: 6 },
  { port: 7 },
];

/** Seven endpoints, of which the sixth has a finding for a root and the seventh none at all. */
async function fill(): Promise<Inventory> {
  const inventory = openInventory(file('inventory.db'), { create: true });
  await inventory.startRun(makeRun(RUNS[0]));
  for (const place of PLACES) {
    const { port } = place;
    const own = port === 7 ? [] : [SELF_SIGNED];
    const findings = port === 6 ? [{ ...SELF_SIGNED, subject: ROOT }, EXPIRING] : own;
    await inventory.saveBatch([
      makeTls(makeEndpoint(place), [`leaf ${port}`, 'ca'], {
        judgement: {
          findings,
          status: findings.length > 0 ? 'Warning' : 'Good',
          path: {
            status: 'private',
            trustStores: [],
            certificates: [fingerprint(makeDer(`leaf ${port}`)), ROOT],
            reason: null,
          },
          presented: [makeFacts(`leaf ${port}`), makeFacts('ca')],
        },
      }),
    ]);
  }
  return inventory;
}

const at = (port: number): AnnotationSubject => ({
  kind: 'endpoint',
  endpoint: makeEndpoint(PLACES[port - 1] ?? {}),
});
const waive = (finding: string, until = '2027-01-01T23:59:59.999Z'): AnnotationEdit => ({
  waivers: [{ finding, owner: 'Jane', reason: 'test bench', until }],
});
const certificate = (name: string): AnnotationSubject => ({
  kind: 'certificate',
  fingerprint: fingerprint(makeDer(name)),
});

type Said = readonly (readonly [AnnotationSubject, AnnotationEdit])[];
const CASES: readonly [name: string, said: Said, good: readonly number[]][] = [
  ['nothing', [], [7]],
  ['a waiver of one endpoint', [[at(2), waive('self-signed')]], [2, 7]],
  ['one of an endpoint without an address', [[at(3), waive('self-signed')]], [3, 7]],
  ['one of an endpoint by its server name', [[at(5), waive('self-signed')]], [5, 7]],
  ['one of something else', [[at(2), waive('sha1-signature')]], [7]],
  ['one that has ended', [[at(2), waive('self-signed', '2026-11-22T23:59:59.999Z')]], [7]],
  ['one of an endpoint that is not there', [[at(9), waive('self-signed')]], [7]],
  ['one of a certificate', [[certificate('leaf 2'), waive('self-signed')]], [2, 7]],
  [
    'one of a certificate that was never sent',
    [
      [certificate('root'), waive('self-signed')],
      [at(6), waive('expiring')],
    ],
    [6, 7],
  ],
  ['one by a network', [[{ kind: 'rule', rule: 'cidr:2001:db8::/32' }, waive('self-signed')]], [5, 7]],
  ['one by names', [[{ kind: 'rule', rule: 'name:*.example' }, waive('expired')]], [7]],
];

describe('lists where people accept findings', () => {
  it.each(CASES)('answer of each endpoint as its record does: %s', async (_, said, good) => {
    const inventory = await fill();
    try {
      for (const [subject, edit] of said) await inventory.annotate([subject], edit, AT);
      expect((await list(inventory, { now: NOW })).filter(isOf('Good')).map(portOf)).toEqual(
        expect.arrayContaining([...good]),
      );
      expect((await list(inventory, { now: NOW })).filter(isOf('Good'))).toHaveLength(good.length);
      for (const now of [NOW, AFTER_ALL]) await compare(inventory, now);
    } finally {
      await inventory.close();
    }
  });
});

/** Every record by itself, and the same by what is asked and sorted in the database. */
async function compare(inventory: Inventory, now: Date): Promise<void> {
  const all = await list(inventory, { now });
  const ask = async (text: string) =>
    (await list(inventory, { matching: { query: parseQuery(text), now } })).map(portOf);
  for (const status of STATUSES) {
    const expected = all.filter(isOf(status)).map(portOf);
    expect(await ask(`status = "${status}"`)).toEqual(expected);
    expect((await list(inventory, { now, where: { statuses: [status] } })).map(portOf)).toEqual(expected);
  }
  for (const id of [SELF_SIGNED.id, EXPIRING.id, EXPIRED.id]) {
    const having = (isWaived: boolean) =>
      all
        .filter(({ findings }) =>
          findings.some((found) => found.id === id && (found.waived !== undefined) === isWaived),
        )
        .map(portOf);
    expect(await ask(`warnings = ${id}`)).toEqual(having(false));
    expect(await ask(`waived = ${id}`)).toEqual(having(true));
  }
  const isOpen = ({ findings }: InventoryRecord) => findings.some(({ waived }) => !waived);
  expect(await ask('has severity')).toEqual(all.filter(isOpen).map(portOf));
  const byStatus = await list(inventory, { now, sort: [{ by: 'status' }] });
  expect(byStatus.map(({ status }) => status)).toEqual(
    all.map(({ status }) => status).sort((a, b) => STATUSES.indexOf(a) - STATUSES.indexOf(b)),
  );
}

async function list(inventory: Inventory, query: RecordQuery): Promise<InventoryRecord[]> {
  const found: InventoryRecord[] = [];
  for await (const record of inventory.records(query)) found.push(record);
  return found;
}

function isOf(asked: Status): (record: InventoryRecord) => boolean {
  return ({ status }) => status === asked;
}

function portOf({ endpoint }: InventoryRecord): number {
  return endpoint.port;
}
