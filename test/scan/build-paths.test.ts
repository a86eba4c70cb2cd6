import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildPaths } from '../../src/scan/build-paths.js';
import { fingerprint } from '../../src/x509/fingerprint.js';
import { type MadeCertificate, makeCertificate, NOW } from '../fixtures/make-certificate.js';

const DAY_MS = 86_400_000;

let root: MadeCertificate;
let other: MadeCertificate;
let issuing: MadeCertificate;
let crossed: MadeCertificate;
let leaf: MadeCertificate;

beforeAll(async () => {
  root = await makeCertificate({ subject: 'CN=Root', ca: true });
  other = await makeCertificate({ subject: 'CN=Other', ca: true });
  issuing = await makeCertificate({ subject: 'CN=Issuing', ca: true, issuer: root });
  crossed = await makeCertificate({
    subject: 'CN=Issuing',
    ca: true,
    issuer: other,
    key: issuing,
    notAfter: new Date(NOW.getTime() - DAY_MS),
  });
  leaf = await makeCertificate({ dnsNames: ['a.example'], issuer: issuing });
});

const store = (name: string, ...anchors: readonly MadeCertificate[]) => ({
  name,
  anchors: anchors.map(({ der }) => der),
});
const ders = (...made: readonly MadeCertificate[]) => made.map(({ der }) => der);
const prints = (...made: readonly MadeCertificate[]) => made.map(({ der }) => fingerprint(der));

describe('buildPaths', () => {
  it('lists the sound path first, then the one that breaks a rule', () => {
    const paths = buildPaths({
      presented: ders(leaf, crossed, issuing),
      trustStores: [store('corp', root), store('other', other)],
      now: NOW,
    });
    expect(paths).toMatchObject([
      { certificates: prints(leaf, issuing, root), trustStores: ['corp'], complete: true, problems: [] },
      {
        certificates: prints(leaf, crossed, other),
        trustStores: ['other'],
        complete: true,
        problems: [{ rule: 'expired' }],
      },
    ]);
  });

  it('tells where a path ends for want of an issuer', () => {
    const [path, ...more] = buildPaths({ presented: ders(leaf, issuing), trustStores: [], now: NOW });
    expect(more).toEqual([]);
    expect(path).toMatchObject({
      certificates: prints(leaf, issuing),
      trustStores: [],
      complete: false,
      problems: [{ certificate: fingerprint(issuing.der), rule: 'missing-issuer' }],
    });
  });

  it('takes what signs itself for a path of one', () => {
    expect(buildPaths({ presented: ders(root), trustStores: [], now: NOW })).toMatchObject([
      { certificates: prints(root), trustStores: [], complete: true, problems: [] },
    ]);
    expect(buildPaths({ presented: ders(root), trustStores: [store('corp', root)], now: NOW })).toMatchObject(
      [{ trustStores: ['corp'] }],
    );
  });

  it('is empty without a first certificate, and never throws', () => {
    expect(buildPaths({ presented: [], trustStores: [], now: NOW })).toEqual([]);
    expect(buildPaths({ presented: [Buffer.of(0)], trustStores: [], now: NOW })).toEqual([]);
    const bytes = fc
      .tuple(fc.constantFrom(leaf, issuing, root), fc.nat(2000), fc.nat(255))
      .map(([{ der }, at, value]) => der.with(at % der.length, value));
    fc.assert(
      fc.property(
        fc.array(bytes, { maxLength: 4 }),
        fc.array(bytes, { maxLength: 2 }),
        (presented, anchors) => {
          buildPaths({
            presented,
            trustStores: [{ name: 'hostile', anchors }],
            intermediates: presented,
            now: NOW,
          });
        },
      ),
    );
  });
});
