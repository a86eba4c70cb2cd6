import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { type ChainToJudge, judgeChain } from '../../src/scan/judge-chain.js';
import { type MadeCertificate, makeCertificate, NOW } from '../fixtures/make-certificate.js';

let root: MadeCertificate;
let issuing: MadeCertificate;
let leaf: MadeCertificate;

beforeAll(async () => {
  root = await makeCertificate({ subject: 'CN=Root', ca: true });
  issuing = await makeCertificate({ subject: 'CN=Issuing', ca: true, issuer: root });
  leaf = await makeCertificate({ dnsNames: ['a.example'], ipAddresses: ['192.0.2.7'], issuer: issuing });
});

function judge(change: Partial<ChainToJudge> = {}) {
  const verdict = judgeChain({
    presented: [leaf.der, issuing.der],
    trustStores: [{ name: 'corp', anchors: [root.der] }],
    now: NOW,
    ...change,
  });
  return { ...verdict, ids: verdict.findings.map(({ id }) => id) };
}

describe('judgeChain', () => {
  it('has the four parts of a record', () => {
    const verdict = judgeChain({ presented: [leaf.der, issuing.der], trustStores: [], now: NOW });
    expect(Object.keys(verdict).sort()).toEqual(['findings', 'grade', 'path', 'status']);
  });

  it('trusts a sound chain', () => {
    expect(judge()).toMatchObject({
      path: { status: 'trusted', trustStores: ['corp'], reason: null },
      ids: [],
      status: 'Good',
    });
  });

  it('judges for the name or the address that is given, and for none', () => {
    expect(judge({ host: 'a.example' }).ids).toEqual([]);
    expect(judge({ host: '192.0.2.7' }).ids).toEqual([]);
    expect(judge({ host: 'b.example' }).ids).toEqual(['hostname-mismatch']);
    expect(judge({ host: '192.0.2.8' }).ids).toEqual(['hostname-mismatch']);
    expect(judge({ policy: { demandAddressNames: true } }).ids).toEqual([]);
  });

  it('proves by intermediates what is missing, and believes no path by them', () => {
    expect(judge({ presented: [leaf.der] })).toMatchObject({
      path: { status: 'incomplete' },
      ids: ['unknown-issuer'],
    });
    const proven = judge({ presented: [leaf.der], intermediates: [issuing.der] });
    expect(proven).toMatchObject({ path: { status: 'incomplete' }, ids: ['missing-intermediate'] });
  });

  it('judges for the moment that is given, by the policy that is given', () => {
    const later = new Date(NOW.getTime() + 400 * 86_400_000);
    expect(judge({ now: later }).status).toBe('Expired');
    expect(judge({ now: later, policy: { findings: { expired: 'off' } } }).ids).not.toContain('expired');
  });

  it('finds nothing that only a live endpoint can have wrong with it', async () => {
    // RFC 7633: the certificate demands a staple, which no file can have.
    const mustStaple = await makeCertificate({
      dnsNames: ['a.example'],
      issuer: issuing,
      extensions: [{ type: '1.3.6.1.5.5.7.1.24', critical: false, value: Buffer.from('3003020105', 'hex') }],
    });
    expect(judge({ presented: [mustStaple.der, issuing.der] }).ids).toEqual([]);
  });

  it('distrusts by name and date', async () => {
    const affirm = await makeCertificate({ subject: 'CN=AffirmTrust Premium,O=AffirmTrust', ca: true });
    const below = await makeCertificate({ dnsNames: ['a.example'], issuer: affirm });
    const trustStores = [{ name: 'some', anchors: [affirm.der] }];
    const verdict = judge({ presented: [below.der], trustStores });
    expect(verdict).toMatchObject({ path: { status: 'untrusted' }, ids: ['distrusted-ca'] });
    expect(verdict.findings[0]?.message).toContain('AffirmTrust');
    expect(verdict.findings[0]?.message).toContain('2024-11-11');
  });

  it('says why there is nothing to judge', () => {
    expect(judge({ presented: [] })).toMatchObject({
      status: 'No certificate',
      path: { status: 'none', reason: null },
    });
    expect(judge({ presented: [Buffer.of(1)] }).path.reason).toMatch(/cannot be read/);
  });

  it('never throws, whatever certificates it is given', () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 64 }),
      fc
        .tuple(fc.constantFrom(leaf, issuing, root), fc.nat(2000), fc.nat(255))
        .map(([{ der }, at, value]) => der.with(at % der.length, value)),
      fc
        .tuple(fc.constantFrom(leaf, issuing, root), fc.nat(2000))
        .map(([{ der }, end]) => der.subarray(0, end)),
    );
    const several = fc.array(bytes, { maxLength: 4 });
    fc.assert(
      fc.property(
        several,
        several,
        several,
        fc.option(fc.string(), { nil: undefined }),
        (presented, anchors, intermediates, host) => {
          const verdict = judge({
            presented,
            trustStores: [{ name: 'hostile', anchors }],
            intermediates,
            ...(host !== undefined && { host }),
          });
          expect(typeof verdict.path.status).toBe('string');
        },
      ),
      { numRuns: 150 },
    );
  });
});
