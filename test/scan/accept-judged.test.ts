import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AnnotationSubject } from '../../src/model/annotation-subject.js';
import type { Finding } from '../../src/model/finding.js';
import { makeAcceptJudged } from '../../src/scan/accept-judged.js';
import { makeAcceptKeyFindings } from '../../src/scan/accept-key-findings.js';
import { openInventory } from '../../src/store/inventory.js';
import type { JudgedObservation } from '../../src/store/save-observations.js';
import {
  EXPIRING,
  fingerprint,
  makeDer,
  makeEndpoint,
  makeRun,
  makeTls,
} from '../store/sample-observation.js';
import { useTemporaryDirectory } from '../store/temporary-directory.js';

const inDirectory = useTemporaryDirectory();

const NOW = new Date('2026-11-23T00:00:00.000Z');
const ENDPOINTS = [
  makeEndpoint(),
  makeEndpoint({ address: '2001:db8::7', host: 'shop.example', serverName: 'shop.example' }),
  makeEndpoint({ port: 25, protocol: 'smtp', host: 'mail.example', serverName: null }),
];
const LEAVES = ['leaf', 'other'];

const subjects = fc.constantFrom<AnnotationSubject>(
  ...ENDPOINTS.map((endpoint): AnnotationSubject => ({ kind: 'endpoint', endpoint })),
  ...['leaf', 'other', 'ca'].map(
    (name): AnnotationSubject => ({ kind: 'certificate', fingerprint: fingerprint(makeDer(name)) }),
  ),
  ...[
    'cidr:192.0.2.0/24',
    'cidr:2001:db8::/32',
    'name:shop.example',
    'name:*.example',
    'name:leaf.example',
    'issuer:~example ca',
  ].map((rule): AnnotationSubject => ({ kind: 'rule', rule })),
);

const waivers = fc.record({
  subject: subjects,
  finding: fc.constantFrom('expiring', 'weak-rsa-key', 'sha1-intermediate'),
  until: fc.constantFrom('2026-11-22T23:59:59.999Z', '2026-12-31T23:59:59.999Z'),
});

const judgedObservations = fc
  .record({
    endpoint: fc.constantFrom(...ENDPOINTS),
    leaf: fc.constantFrom(...LEAVES),
    status: fc.constantFrom('Expired', 'Warning'),
    hasWeakKey: fc.boolean(),
    hasOldIntermediate: fc.boolean(),
  })
  .map(({ endpoint, hasOldIntermediate, hasWeakKey, leaf, status }): JudgedObservation => {
    const finding = (id: string, name: string, severity: Finding['severity']): Finding => ({
      ...EXPIRING,
      id,
      severity,
      subject: fingerprint(makeDer(name)),
    });
    const findings = [
      finding('expiring', leaf, 'medium'),
      ...(hasWeakKey ? [finding('weak-rsa-key', leaf, 'high')] : []),
      ...(hasOldIntermediate ? [finding('sha1-intermediate', 'ca', 'low')] : []),
    ];
    return makeTls(endpoint, [leaf, 'ca'], { judgement: { findings, status } });
  });

describe('what somebody accepts', () => {
  it('is shown of a new observation as lists show it once it is stored', async () => {
    let count = 0;
    await fc.assert(
      fc.asyncProperty(judgedObservations, fc.array(waivers, { maxLength: 4 }), async (judged, accepted) => {
        count += 1;
        const inventory = openInventory(inDirectory(`${count}.db`), { create: true });
        for (const { finding, subject, until } of accepted) {
          const waiver = { finding, owner: 'Jane', reason: 'test bench', until };
          await inventory.annotate([subject], { waivers: [waiver] }, '2026-11-22T00:00:00.000Z');
        }
        const { judgement } = (await makeAcceptJudged(inventory, NOW))(judged);
        await inventory.startRun(makeRun());
        await inventory.saveBatch([judged]);
        for await (const record of inventory.records({ now: NOW })) {
          expect(judgement.status).toBe(record.status);
          const waived = record.findings.map(({ id, waived }) => [id, waived]);
          expect(judgement.findings.map(({ id, waived }) => [id, waived])).toEqual(waived);
        }
        await inventory.close();
      }),
      { numRuns: 60 },
    );
  });

  it('is nothing where there is no inventory', async () => {
    const judged = makeTls();
    expect((await makeAcceptJudged(null, NOW))(judged)).toBe(judged);
  });
});

describe('a finding of a key that somebody accepts', () => {
  const [first, second] = [makeEndpoint({ port: 1 }), makeEndpoint({ port: 2 })];
  const certificate = makeTls(first, ['leaf']).judgement.presented[0];
  const shared: Finding = { ...EXPIRING, id: 'shared-key', subject: fingerprint(makeDer('leaf')) };

  it.each<[string, readonly AnnotationSubject[], boolean]>([
    ['the certificate', [{ kind: 'certificate', fingerprint: fingerprint(makeDer('leaf')) }], true],
    ['names like its own', [{ kind: 'rule', rule: 'name:leaf.example' }], true],
    [
      'every endpoint that presents it',
      [first, second].map((endpoint) => ({ kind: 'endpoint', endpoint })),
      true,
    ],
    ['one endpoint of two', [{ kind: 'endpoint', endpoint: first }], false],
    ['another certificate', [{ kind: 'certificate', fingerprint: fingerprint(makeDer('other')) }], false],
  ])('is accepted by what is said of %s: %#', async (_, accepting, isAccepted) => {
    if (certificate === undefined) throw new Error('there is no leaf');
    const inventory = openInventory(inDirectory('inventory.db'), { create: true });
    await inventory.startRun(makeRun());
    await inventory.saveBatch([makeTls(first, ['leaf']), makeTls(second, ['leaf'])]);
    const waiver = {
      finding: 'shared-key',
      owner: 'Jane',
      reason: 'cluster',
      until: '2026-12-31T23:59:59.999Z',
    };
    await inventory.annotate(accepting, { waivers: [waiver] }, NOW.toISOString());
    const accept = await makeAcceptKeyFindings(inventory, NOW);
    const [finding] = await accept([shared], certificate);
    expect(finding?.waived?.owner).toBe(isAccepted ? 'Jane' : undefined);
    await inventory.close();
  });
});
