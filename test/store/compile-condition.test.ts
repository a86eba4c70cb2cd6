import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AnnotationEdit } from '../../src/model/annotation-edit.js';
import type { AnnotationSubject } from '../../src/model/annotation-subject.js';
import type { CertificateRecord } from '../../src/model/certificate-record.js';
import type { Finding } from '../../src/model/finding.js';
import { LETTERS } from '../../src/model/grades.js';
import type { InventoryRecord } from '../../src/model/inventory-record.js';
import { STATUSES } from '../../src/model/judgement.js';
import { TLS_VERSIONS } from '../../src/model/posture.js';
import type { Field } from '../../src/query/field.js';
import { fieldsOf } from '../../src/query/find-field.js';
import { parseQuery } from '../../src/query/parse-query.js';
import type { Query } from '../../src/query/query.js';
import { type Inventory, openInventory } from '../../src/store/inventory.js';
import type { RecordQuery } from '../../src/store/record-query.js';
import type { JudgedObservation } from '../../src/store/save-observations.js';
import { arbitraryQuery, arbitraryTest, HOSTILE_TEXTS } from '../query/arbitrary-query.js';
import { answerQuery, type Reader, readCertificate, readRecord } from './answer-query.js';
import {
  EXPIRING,
  fingerprint,
  makeDer,
  makeEndpoint,
  makeFacts,
  makeRefused,
  makeRun,
  makeTls,
  RUNS,
} from './sample-observation.js';
import { useTemporaryDirectory } from './temporary-directory.js';

const NOW = new Date('2026-11-22T12:00:00.000Z');
const WAIVED = { owner: 'ops', reason: 'old', until: '2027-01-01T00:00:00.000Z' };
const RECORDS = 40;

/** Other records in every run; a failure names it. */
const SEED = Date.now() % 1_000_000;

const inDirectory = useTemporaryDirectory('suite');
let inventory: Inventory;
const records: InventoryRecord[] = [];
const certificates: CertificateRecord[] = [];

const text = fc.oneof(
  fc.constantFrom(...HOSTILE_TEXTS),
  fc.constantFrom('DigiCert', '*.lab.example', 'www.lab.example'),
);
const moment = fc
  .oneof(fc.constantFrom(0, 1, -1, 86_400_000, -86_400_000), fc.integer({ min: -4e10, max: 4e10 }))
  .map((ms) => new Date(NOW.getTime() + ms).toISOString());

const finding: fc.Arbitrary<Finding> = fc
  .record({
    id: fc.constantFrom('expired', 'self-signed', 'weak-rsa-key'),
    severity: fc.constantFrom('info', 'low', 'medium', 'high', 'critical'),
    message: text,
    waived: fc.boolean(),
  })
  .map(({ waived, ...rest }) => ({ ...EXPIRING, ...rest, subject: null, ...(waived && { waived: WAIVED }) }));

/** An endpoint with a certificate; its number keeps it apart from the others. */
function observation(number: number): fc.Arbitrary<JudgedObservation> {
  const name = `leaf ${number}`;
  const facts = fc.record({
    commonName: fc.option(text),
    subject: text,
    issuer: text,
    subjectAltNames: fc.array(
      fc.tuple(fc.constantFrom('DNS:', 'URI:', ''), text).map((all) => all.join('')),
      { maxLength: 3 },
    ),
    serialNumber: fc.constantFrom('00', '0a1b', 'ab12cd'),
    notBefore: fc.option(moment),
    notAfter: fc.option(moment),
    keyType: fc.constantFrom('RSA', 'EC'),
    keyBits: fc.option(fc.constantFrom(1024, 2048)),
    signatureAlgorithm: fc.constantFrom(
      'sha256WithRSAEncryption',
      'md5WithRSAEncryption',
      'Ed25519',
      '1.2.3',
    ),
    validation: fc.constantFrom('EV', 'OV', 'DV', 'Unknown'),
  });
  const endpoint = fc.record({
    address: fc.oneof(
      fc.constantFrom(
        `10.0.0.${number}`,
        `2001:db8::${number + 1}`,
        `fe80::${number + 1}%eth0`,
        `::ffff:10.0.0.${number}`,
      ),
      fc.constant(null),
    ),
    port: fc.constantFrom(25, 443, 8443),
    protocol: fc.constantFrom('tls', 'smtp'),
    serverName: fc.option(text.filter((value) => value !== '')),
    name: fc.option(text.filter((value) => value !== '')),
  });
  const letter = fc.option(fc.constantFrom(...LETTERS));
  return fc
    .record({
      facts,
      endpoint,
      findings: fc.array(finding, { maxLength: 3 }),
      status: fc.constantFrom(...STATUSES),
      grade: letter,
      certificate: letter,
      configuration: letter,
      reasons: fc.array(fc.record({ cap: fc.constantFrom(...LETTERS), message: text }), { maxLength: 2 }),
      stores: fc.array(text, { maxLength: 2 }),
      version: fc.constantFrom(...TLS_VERSIONS),
      group: fc.option(text),
      greeting: fc.option(text.filter((value) => value !== '')),
      stapled: fc.option(fc.constantFrom('good', 'revoked')),
      path: fc.constantFrom('trusted', 'private', 'incomplete'),
      reason: fc.option(text),
      observedAt: moment,
      readable: fc.integer({ max: 9, min: 0 }).map((dice) => dice > 0),
    })
    .map(({ endpoint: { name: host, ...place }, ...drawn }) => {
      const { observation: made, judgement } = makeTls(
        { ...place, host: host === null ? (place.address ?? `host ${number}`) : `${host}${number}` },
        [name, 'ca'],
        { run: RUNS[number % 2] ?? RUNS[0], observedAt: drawn.observedAt },
      );
      return {
        observation: {
          ...made,
          ...(drawn.greeting !== null && { greeting: drawn.greeting }),
          handshake: made.handshake && { ...made.handshake, version: drawn.version, group: drawn.group },
        },
        judgement: {
          ...judgement,
          presented: [...(drawn.readable ? [makeFacts(name, drawn.facts)] : []), makeFacts('ca')],
          path: { status: drawn.path, trustStores: drawn.stores, certificates: [], reason: drawn.reason },
          findings: drawn.findings,
          status: drawn.status,
          grade: drawn.grade,
          grades: {
            ruleSet: 'r',
            certificate: drawn.certificate,
            configuration: drawn.configuration,
            complete: true,
            scores: null,
            reasons: drawn.reasons.map((each) => ({
              ...each,
              part: 'certificate' as const,
              rule: 'r',
              citation: 'c',
            })),
          },
          ...(drawn.stapled !== null && { stapledOcsp: drawn.stapled }),
        },
      };
    });
}

beforeAll(async () => {
  inventory = openInventory(inDirectory('inventory.db'), { create: true });
  for (const run of RUNS) await inventory.startRun(makeRun(run));
  const drawn =
    fc.sample(fc.tuple(...Array.from({ length: RECORDS }, (_, number) => observation(number))), {
      seed: SEED,
      numRuns: 1,
    })[0] ?? [];
  const refused = makeRefused(makeEndpoint({ host: 'gone.example', address: '10.1.1.1' }));
  const silent = makeRefused(makeEndpoint({ address: '10.1.1.2' }));
  await inventory.saveBatch([...drawn, refused, silent]);
  await inventory.saveKeyComparison({ keys: [], sharing: [] }, [
    {
      fingerprint: fingerprint(makeDer('leaf 3')),
      finding: { ...EXPIRING, id: 'shared-key', severity: 'high' },
    },
    {
      fingerprint: fingerprint(makeDer('leaf 4')),
      finding: { ...EXPIRING, id: 'shared-prime-key', severity: 'critical', waived: WAIVED },
    },
  ]);
  await annotate(drawn);
  for await (const record of inventory.records({ withOutcomes: true, now: NOW })) records.push(record);
  for await (const record of inventory.certificates({ withChains: true })) certificates.push(record);
});

/** Says something of some of what was drawn, and of kinds of them, in words that mean something to SQL. */
async function annotate(drawn: readonly JudgedObservation[]): Promise<void> {
  const endpoint = (number: number): AnnotationSubject => ({
    kind: 'endpoint',
    endpoint: drawn[number]?.observation.endpoint ?? makeEndpoint(),
  });
  const certificate = (name: string): AnnotationSubject => ({
    kind: 'certificate',
    fingerprint: fingerprint(makeDer(name)),
  });
  const rule = (text: string): AnnotationSubject => ({ kind: 'rule', rule: text });
  const waiver = (finding: string, until = '2026-11-30T23:59:59.999Z') => ({
    finding,
    owner: "O'Reilly",
    reason: 'old',
    until,
  });
  const said: readonly (readonly [AnnotationSubject, AnnotationEdit])[] = [
    [endpoint(0), { owner: "'; drop table endpoint; --", addTags: ['Ärger', '😀'], unused: true }],
    [endpoint(1), { waivers: [waiver('self-signed'), waiver('weak-rsa-key', '2026-11-01T00:00:00.000Z')] }],
    [endpoint(2), { notes: 'line\nbreak', unused: false, addTags: ['lab'] }],
    [certificate('leaf 2'), { owner: 'a%_b', addTags: ['LAB', 'prod'] }],
    [certificate('leaf 3'), { unused: true, waivers: [waiver('shared-key')] }],
    [certificate('ca'), { waivers: [waiver('expired')] }],
    [rule('cidr:10.0.0.8/29'), { order: 1, addTags: ['net'], waivers: [waiver('expired')] }],
    [rule('cidr:2001:db8::/32'), { owner: 'v6', unused: true }],
    [rule('name:*.lab.example'), { order: 2, notes: '"quoted"', waivers: [waiver('self-signed')] }],
    [rule('issuer:~digicert'), { order: 3, addTags: ['public'] }],
  ];
  for (const [subject, edit] of said) await inventory.annotate([subject], edit, NOW.toISOString());
}

afterAll(() => inventory.close());

function samplesOf(readers: () => readonly Reader[]): (field: Field) => readonly (string | number)[] {
  return ({ id }) =>
    readers()
      .map((read) => read(id, NOW))
      .flatMap((value) => (value === null ? [] : typeof value === 'object' ? [...value] : [value]));
}

async function select(query: Query, how: RecordQuery = { withOutcomes: true }): Promise<InventoryRecord[]> {
  const found: InventoryRecord[] = [];
  for await (const record of inventory.records({ ...how, matching: { query, now: NOW } })) found.push(record);
  return found;
}

async function selectCertificates(query: Query): Promise<CertificateRecord[]> {
  const found: CertificateRecord[] = [];
  for await (const record of inventory.certificates({ withChains: true, matching: { query, now: NOW } }))
    found.push(record);
  return found;
}

function nameOf({ endpoint }: InventoryRecord): string {
  return JSON.stringify(endpoint);
}

async function expectAgreement(query: Query): Promise<void> {
  const expected = records.filter((record) => answerQuery(query, readRecord(record), NOW));
  expect((await select(query)).map(nameOf)).toEqual(expected.map(nameOf));
  // Without outcomes, the answers come from the current view as far as it has them.
  const presented = expected.filter(({ handshake }) => (handshake?.presentedChain.length ?? 0) > 0);
  expect((await select(query, {})).map(nameOf)).toEqual(presented.map(nameOf));
}

async function expectCertificateAgreement(query: Query): Promise<void> {
  const expected = certificates.filter((record) => answerQuery(query, readCertificate(record), NOW));
  expect((await selectCertificates(query)).map(({ certificate }) => certificate.fingerprintSha256)).toEqual(
    expected.map(({ certificate }) => certificate.fingerprintSha256),
  );
}

describe(`queries in SQL and worked out by hand, of records by seed ${SEED}`, () => {
  it('have something to look at', () => {
    expect(records.length).toBe(RECORDS + 2);
    expect(certificates.length).toBeGreaterThan(RECORDS / 2);
  });

  it('agree on random queries about records', async () => {
    const query = arbitraryQuery(
      'endpoints',
      samplesOf(() => records.map(readRecord)),
    );
    await fc.assert(fc.asyncProperty(query, expectAgreement), { numRuns: 200 });
  });

  it('agree on random queries about certificates', async () => {
    const query = arbitraryQuery(
      'certificates',
      samplesOf(() => certificates.map(readCertificate)),
    );
    await fc.assert(fc.asyncProperty(query, expectCertificateAgreement), { numRuns: 100 });
  });

  it.each(fieldsOf('endpoints').map((field) => [field.id, field] as const))(
    'agree on %s of records',
    async (id, field) => {
      await expectAgreement({ kind: 'has', field: id });
      const test = arbitraryTest(field, samplesOf(() => records.map(readRecord))(field));
      await fc.assert(fc.asyncProperty(test, expectAgreement), { numRuns: 12 });
    },
  );

  it.each(fieldsOf('certificates').map((field) => [field.id, field] as const))(
    'agree on %s of certificates',
    async (id, field) => {
      await expectCertificateAgreement({ kind: 'has', field: id });
      const test = arbitraryTest(field, samplesOf(() => certificates.map(readCertificate))(field));
      await fc.assert(fc.asyncProperty(test, expectCertificateAgreement), { numRuns: 8 });
    },
  );

  it('agree that a record meets a query or its negation', async () => {
    const query = arbitraryQuery('endpoints');
    await fc.assert(
      fc.asyncProperty(query, async (of) => {
        const both = (await select(of)).length + (await select({ kind: 'not', of })).length;
        expect(both).toBe(records.length);
      }),
      { numRuns: 50 },
    );
  });
});

describe('what a query may hold', () => {
  it.each(HOSTILE_TEXTS.map((value) => [value]))('takes %j as what it is', async (value) => {
    for (const operator of ['=', '!=', '~', '!~'] as const)
      for (const field of ['commonName', 'subjectAltNames', 'messages', 'host'])
        await expectAgreement({
          kind: 'text',
          field,
          operator,
          values: [[value], [value, value]].slice(0, operator === '=' ? 2 : 1),
        });
  });

  it('takes a value as long as a query may be', async () => {
    expect(await select(parseQuery(`cn ~ ${'%'.repeat(9_000)}`))).toEqual([]);
    expect(await select(parseQuery(`cn = *${'a*'.repeat(4_900)}`))).toEqual([]);
  });

  it('takes as many conditions, as deep, as a query may have', async () => {
    const many = `port in (${Array.from({ length: 2_200 }, () => '443').join(',')}) or ${Array.from({ length: 50 }, () => 'san:*a').join(' or ')}`;
    await expectAgreement(parseQuery(many.slice(0, 10_000)));
    await expectAgreement(parseQuery(Array.from({ length: 800 }, () => 'port:443').join(' or ')));
    const ring = 'port:1 or port:2 and port:3 or ';
    await expectAgreement(parseQuery(`${`not(${ring}`.repeat(49)}port:443${')'.repeat(49)}`));
    await expectAgreement(parseQuery(`${'not '.repeat(99)}(port:443)`));
  });
});
