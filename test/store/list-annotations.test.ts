import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AnnotationEdit } from '../../src/model/annotation-edit.js';
import type { AnnotationSubject } from '../../src/model/annotation-subject.js';
import type { InventoryRecord } from '../../src/model/inventory-record.js';
import { type Inventory, openInventory } from '../../src/store/inventory.js';
import type { RecordQuery } from '../../src/store/record-query.js';
import {
  EXPIRING,
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
let number = 0;
let inventory: Inventory;

const AT = '2026-11-22T12:00:00.000Z';
const WEB = makeEndpoint({ address: '10.0.0.1' });
const OTHER = makeEndpoint({ address: '10.0.0.2' });
const SILENT = makeEndpoint({ address: '10.0.0.3' });
const LEAF = fingerprint(makeDer('leaf'));
const ENDED = '2026-11-21T23:59:59.999Z';

const endpoint = (of = WEB): AnnotationSubject => ({ kind: 'endpoint', endpoint: of });
const certificate = (fingerprint = LEAF): AnnotationSubject => ({ kind: 'certificate', fingerprint });
const rule = (text: string): AnnotationSubject => ({ kind: 'rule', rule: text });
const waive = (finding: string, until = '2026-12-31T23:59:59.999Z') => ({
  waivers: [{ finding, owner: 'ops', reason: 'old', until }],
});

beforeEach(async () => {
  number += 1;
  inventory = openInventory(inDirectory(`inventory-${number}.db`), { create: true });
  for (const run of RUNS) await inventory.startRun(makeRun(run));
  await inventory.saveBatch([makeTls(WEB), makeTls(OTHER, ['other']), makeRefused(SILENT)]);
});

afterEach(() => inventory.close());

const say = (subject: AnnotationSubject, edit: AnnotationEdit) => inventory.annotate([subject], edit, AT);

async function read(query: RecordQuery = {}): Promise<InventoryRecord[]> {
  const records: InventoryRecord[] = [];
  for await (const record of inventory.records({ now: new Date(AT), ...query })) records.push(record);
  return records;
}

async function first(query?: RecordQuery): Promise<InventoryRecord> {
  const [record] = await read(query);
  if (!record) throw new Error('there is a record');
  return record;
}

describe('what is said in records', () => {
  it('is that of the endpoint before the certificate before the first rule, and the tags of all', async () => {
    await say(rule('cidr:10.0.0.0/8'), { owner: 'net', notes: 'network', unused: true, addTags: ['net'] });
    await say(rule('cidr:10.0.0.0/24'), { order: 1, notes: 'first', addTags: ['first'] });
    expect(await first()).toMatchObject({ owner: null, notes: 'first', unused: false, tags: ['first'] });
    await say(certificate(), { owner: 'PKI', unused: true, addTags: ['cert'] });
    expect(await first()).toMatchObject({ owner: 'PKI', notes: 'first', unused: true });
    await say(endpoint(), { owner: 'Jane', unused: false, addTags: ['web'] });
    expect(await first()).toMatchObject({ owner: 'Jane', unused: false, tags: ['cert', 'first', 'web'] });
  });

  it('survives a rescan, and goes with the endpoint and not with its address', async () => {
    await say(endpoint(), { owner: 'Jane' });
    await inventory.saveBatch([
      makeTls(WEB, ['renewed'], { run: RUNS[1], observedAt: '2026-11-22T11:00:00.000Z' }),
      makeTls({ ...WEB, port: 8443 }, ['leaf'], { run: RUNS[1], observedAt: '2026-11-22T11:00:00.000Z' }),
    ]);
    expect((await read()).map(({ endpoint: { port }, owner }) => [port, owner])).toEqual([
      [443, 'Jane'],
      [8443, null],
      [443, null],
    ]);
  });

  it('is told of endpoints that never said anything', async () => {
    await say(endpoint(SILENT), { owner: 'Joe' });
    await say(rule('cidr:10.0.0.3'), { addTags: ['dark'] });
    const records = await read({ withOutcomes: true });
    expect(records.at(-1)).toMatchObject({ owner: 'Joe', tags: ['dark'], outcome: 'refused' });
  });

  it('is told of certificates, where something is said of them or their kind', async () => {
    await say(certificate(), { owner: 'PKI' });
    await say(rule('name:*.example'), { addTags: ['names'], notes: 'n' });
    await say(rule('cidr:10.0.0.0/8'), { order: 0, unused: true });
    const all: unknown[] = [];
    for await (const { owner, tags, unused } of inventory.certificates({ sort: [{ by: 'commonName' }] }))
      all.push([owner, tags, unused]);
    expect(all).toEqual([
      ['PKI', ['names'], false],
      [null, ['names'], false],
    ]);
    expect(await inventory.certificateAnnotation(LEAF)).toMatchObject({ owner: 'PKI', notes: 'n' });
    expect(await inventory.certificateAnnotation('00'.repeat(32))).toMatchObject({ owner: null });
  });
});

describe('waivers of annotations', () => {
  it.each<[string, AnnotationSubject]>([
    ['the endpoint', endpoint()],
    ['the certificate', certificate()],
    ['a network', rule('cidr:10.0.0.1/32')],
    ['an issuer', rule('issuer:~example ca')],
  ])('accept findings of %s: they are listed, and count for nothing', async (_name, subject) => {
    expect(await first()).toMatchObject({ status: 'Warning' });
    await say(subject, waive('expiring'));
    const record = await first();
    expect(record.status).toBe('Good');
    expect(record.findings).toEqual([
      { ...EXPIRING, waived: { owner: 'ops', reason: 'old', until: '2026-12-31T23:59:59.999Z' } },
    ]);
    expect((await first({ where: { statuses: ['Good'] } })).endpoint).toEqual(WEB);
  });

  it('count until they end, and not for other findings or elsewhere', async () => {
    await say(endpoint(), waive('expiring', ENDED));
    await say(endpoint(), waive('self-signed'));
    expect((await read()).map(({ status }) => status)).toEqual(['Warning', 'Warning']);
    const before = await read({ now: new Date('2026-11-21T12:00:00.000Z') });
    expect(before.map(({ status }) => status)).toEqual(['Good', 'Warning']);
  });

  it('count as of the observation where no moment is given', async () => {
    await say(endpoint(), waive('expiring', '2026-11-22T10:00:01.234Z'));
    for await (const { status } of inventory.records({ limit: 1 })) expect(status).toBe('Good');
    await say(endpoint(), waive('expiring', '2026-11-22T10:00:01.233Z'));
    for await (const { status } of inventory.records({ limit: 1 })) expect(status).toBe('Warning');
  });

  it('of a certificate above the leaf accept what is wrong with that one', async () => {
    const above = fingerprint(makeDer('intermediate'));
    const findings = [{ ...EXPIRING, id: 'expired-chain-certificate', subject: above }, EXPIRING];
    await inventory.saveBatch([
      makeTls(WEB, ['leaf', 'intermediate'], {
        run: RUNS[1],
        observedAt: '2026-11-22T11:00:00.000Z',
        judgement: { findings },
      }),
    ]);
    await say(certificate(above), waive('expired-chain-certificate'));
    await say(certificate(above), waive('expiring'));
    const record = await first();
    expect(record.findings.map(({ id, waived }) => [id, waived?.owner])).toEqual([
      ['expired-chain-certificate', 'ops'],
      ['expiring', undefined],
    ]);
    expect(record.status).toBe('Warning');
  });

  it('leave it a fact that a certificate has expired', async () => {
    const later = { run: RUNS[1], observedAt: '2026-11-22T11:00:00.000Z' };
    await inventory.saveBatch([
      makeTls(WEB, ['leaf'], {
        ...later,
        judgement: { status: 'Expired', findings: [{ ...EXPIRING, id: 'expired' }] },
      }),
    ]);
    await say(endpoint(), waive('expired'));
    expect(await first()).toMatchObject({ status: 'Expired', findings: [{ waived: { owner: 'ops' } }] });
  });
});
