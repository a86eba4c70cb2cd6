import type { AnnotationSubject } from '../../../src/model/annotation-subject.js';
import type { Finding } from '../../../src/model/finding.js';
import type { Grades } from '../../../src/model/grades.js';
import { openInventory } from '../../../src/store/inventory.js';
import type { JudgedObservation } from '../../../src/store/save-observations.js';
import { makePosture } from '../../fixtures/make-posture.js';
import { HOSTILE_TEXTS } from '../../report/hostile-record.js';
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
} from '../../store/sample-observation.js';

const AT = '2026-11-22T12:00:00.000Z';
const UNTIL = '2026-12-31T23:59:59.999Z';

const GRADES: Grades = {
  ruleSet: 'test 1',
  certificate: 'B',
  configuration: 'A',
  complete: true,
  scores: null,
  reasons: [
    {
      part: 'certificate',
      rule: 'expiring',
      cap: 'B',
      message: 'it expires',
      citation: 'RFC 5280, section 4.1.2.5',
    },
  ],
};

/** Which facts an inventory shall have that change the status of others. */
export interface RichFacts {
  /** Somebody accepts findings of endpoints, certificates and kinds of them. */
  readonly withWaivers: boolean;
}

/** Makes an inventory with something of everything: hostile names, packed endpoints, annotations, postures and the past. */
export async function makeRichInventory(path: string, { withWaivers }: RichFacts): Promise<void> {
  const inventory = openInventory(path, { create: true });
  for (const run of RUNS) await inventory.startRun(makeRun(run));
  await inventory.saveBatch([
    ...Object.values(HOSTILE_TEXTS).map(makeHostile),
    ...listPlain(),
    ...listSilent(),
  ]);
  const [, later = ''] = RUNS;
  const observedAt = '2026-11-23T10:00:01.200Z';
  await inventory.saveBatch([
    makeRefused(at(1), { run: later, observedAt }),
    makeTls(at(2), ['renewed', 'intermediate'], { run: later, observedAt }),
    makeRefused(makeEndpoint({ address: '192.0.3.1' }), { run: later, observedAt }),
  ]);
  const shared: Finding = { ...EXPIRING, id: 'shared-key', severity: 'high', message: 'two have one key' };
  const leaf = fingerprint(makeDer('leaf'));
  await inventory.saveKeyComparison({ keys: [], sharing: [] }, [
    { fingerprint: leaf, finding: { ...shared, subject: leaf } },
  ]);
  const say = (subject: AnnotationSubject, owner: string, finding: string) =>
    inventory.annotate(
      [subject],
      {
        owner,
        addTags: ['lab', '=web'],
        notes: 'to be\nrenewed',
        ...(withWaivers && { waivers: [{ finding, owner, reason: 'old', until: UNTIL }] }),
      },
      AT,
    );
  await say({ kind: 'endpoint', endpoint: at(3) }, 'Jane, Ops', 'expiring');
  await say({ kind: 'certificate', fingerprint: leaf }, '+42', 'shared-key');
  await say({ kind: 'rule', rule: 'cidr:2001:db8::/64' }, '"Net"', 'expiring');
  await inventory.close();
}

const at = (index: number) => makeEndpoint({ address: `192.0.2.${index}` });

function listPlain(): JudgedObservation[] {
  const waived = { owner: 'Joe', reason: 'known', until: UNTIL };
  const untold = makeTls(at(7), ['unread'], { judgement: { presented: [], grade: null } });
  return [
    ...[1, 2, 3].map((index) => makeTls(at(index))),
    makeTls(at(4), ['graded'], { judgement: { grades: GRADES, stapledOcsp: 'good' } }),
    makeTls(at(5), ['accepted'], { judgement: { findings: [{ ...EXPIRING, waived }], status: 'Good' } }),
    makeTls(at(6), ['sound'], {
      judgement: {
        findings: [],
        status: 'Good',
        path: { status: 'private', trustStores: [], certificates: [], reason: 'no "anchor", of any store' },
        presented: [makeFacts('sound', { notAfter: null, keyBits: null, serialNumber: '' })],
      },
    }),
    untold,
    { ...makeTls(at(8)), observation: { ...makeTls(at(8)).observation, posture: makePosture() } },
    makeTls(makeEndpoint({ address: '2001:db8::1' })),
    makeTls(makeEndpoint({ address: '2001:db8::1%eth0', port: 8443 })),
    makeTls(makeEndpoint({ address: null, host: 'nowhere.example' })),
  ];
}

function listSilent(): JudgedObservation[] {
  const addresses = ['192.0.3.1', '192.0.3.2', '192.0.1.255', '2001:db9::1'];
  return addresses.map((address) => makeRefused(makeEndpoint({ address })));
}

function makeHostile(text: string, index: number): JudgedObservation {
  const name = `hostile ${index}`;
  const host = text.replaceAll('\0', '').slice(0, 500);
  const endpoint = makeEndpoint({
    address: `198.51.100.${index}`,
    host,
    port: 25,
    protocol: 'smtp',
    serverName: host,
  });
  const facts = makeFacts(name, {
    commonName: text,
    subject: `CN=${text}`,
    issuer: `CN=${text},O=${text}`,
    subjectAltNames: [`DNS:${text}`, text, ...Array.from({ length: 40 }, (_, i) => `DNS:${i}.example`)],
    signatureAlgorithm: text.slice(0, 30),
    keyType: text.slice(0, 20),
    serialNumber: '00ff'.repeat(index + 1).slice(0, 2 * index),
  });
  const observed = makeTls(endpoint, [name], {
    judgement: {
      presented: [facts],
      findings: [
        { ...EXPIRING, message: text, advice: text },
        { ...EXPIRING, id: 'no-tls13', subject: null },
      ],
      path: { status: 'trusted', trustStores: [text.slice(0, 50)], certificates: [], reason: text },
    },
  });
  return { ...observed, observation: { ...observed.observation, greeting: text.slice(0, 100) } };
}
