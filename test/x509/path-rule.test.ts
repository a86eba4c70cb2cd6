import { beforeAll, describe, expect, it } from 'vitest';
import { parseCertificate } from '../../src/x509/certificate.js';
import { encodeDer, encodeSequence } from '../fixtures/encode-der.js';
import { type MadeCertificate, makeCertificate, NOW } from '../fixtures/make-certificate.js';
import { makeCa, makeLeaf, nameOf, outcomeOf, search } from './path-setup.js';

const DAY_MS = 86_400_000;
const daysFromNow = (days: number) => new Date(NOW.getTime() + days * DAY_MS);
const EXPIRED = { notBefore: daysFromNow(-400), notAfter: daysFromNow(-10) };

let root: MadeCertificate;
let intermediate: MadeCertificate;
let leaf: MadeCertificate;

beforeAll(async () => {
  root = await makeCa('Root');
  intermediate = await makeCa('Intermediate', { issuer: root });
  leaf = await makeLeaf(intermediate);
});

/** Name constraints that permit one DNS domain. */
function permitDomain(domain: string) {
  const subtree = encodeSequence(encodeDer(0x82, Buffer.from(domain)));
  return { type: '2.5.29.30', critical: true, value: encodeSequence(encodeDer(0xa0, subtree)) };
}

const KEY_USAGE_WITHOUT_SIGNING = {
  type: '2.5.29.15',
  critical: true,
  value: Buffer.from('03020780', 'hex'),
};
const UNKNOWN_CRITICAL = { type: '1.2.3.4', critical: true, value: Buffer.from('0500', 'hex') };
const CODE_SIGNING = '1.3.6.1.5.5.7.3.3';
const ANY_PURPOSE = '2.5.29.37.0';

describe('the rules of RFC 5280, section 6', () => {
  it.each<[name: string, spec: Parameters<typeof makeCa>[1], rule: string | null, message: string]>([
    ['nothing', {}, null, ''],
    ['expiry', EXPIRED, 'expired', 'it expired on'],
    [
      'a validity that has not begun',
      { notBefore: daysFromNow(1) },
      'not-yet-valid',
      'it is not valid before',
    ],
    ['not being a CA', { ca: false }, 'not-a-ca', 'do not mark it as a CA'],
    [
      'a key usage without signing',
      { extensions: [KEY_USAGE_WITHOUT_SIGNING] },
      'key-usage',
      'signing certificates',
    ],
    ['another purpose', { extendedKeyUsage: [CODE_SIGNING] }, 'extended-key-usage', 'server authentication'],
    ['any purpose', { extendedKeyUsage: [CODE_SIGNING, ANY_PURPOSE] }, null, ''],
    [
      'an unknown critical extension',
      { extensions: [UNKNOWN_CRITICAL] },
      'unknown-critical-extension',
      '1.2.3.4',
    ],
    [
      'names elsewhere',
      { extensions: [permitDomain('b.example')] },
      'name-constraints',
      'the name a.example is not permitted',
    ],
    ['names here', { extensions: [permitDomain('example')] }, null, ''],
    ['a path length of 0', { pathLength: 0 }, null, ''],
  ])('hold %s of an intermediate against it', async (_name, spec, rule, message) => {
    const flawed = await makeCa('Flawed', { issuer: root, ...spec });
    const found = search({ presented: [await makeLeaf(flawed), flawed], stores: { corp: [root] } });
    expect(outcomeOf(found)).toMatchObject({
      status: rule === null ? 'trusted' : 'invalid',
      names: ['a.example', 'Flawed', 'Root'],
      rule,
    });
    expect(found.problem?.message ?? '').toContain(message);
  });

  it('hold the path length against intermediates below, self-issued ones not counted', async () => {
    const short = await makeCa('Short', { issuer: root, pathLength: 0 });
    const below = await makeCa('Below', { issuer: short });
    const found = search({ presented: [await makeLeaf(below), below, short], stores: { corp: [root] } });
    expect(outcomeOf(found)).toMatchObject({ status: 'invalid', rule: 'path-length' });
    expect(found.problem && nameOf(found.problem.certificate)).toBe('Short');
    expect(found.problem?.message).toBe('it allows 0 intermediate certificates below it, but there are 1');

    const renewed = await makeCa('Short', { issuer: short });
    const presented = [await makeLeaf(renewed), renewed, short];
    expect(search({ presented, stores: { corp: [root] } }).path.status).toBe('trusted');
  });

  it('hold name constraints against every certificate below but self-issued ones', async () => {
    const constrained = await makeCa('Constrained', {
      issuer: root,
      extensions: [permitDomain('b.example')],
    });
    const below = await makeCa('Below', { issuer: constrained });
    const found = search({
      presented: [await makeLeaf(below), below, constrained],
      stores: { corp: [root] },
    });
    expect(outcomeOf(found)).toMatchObject({ status: 'invalid', rule: 'name-constraints' });
    expect(found.problem && nameOf(found.problem.certificate)).toBe('a.example');
    const renewed = await makeCa('Constrained', { issuer: constrained, dnsNames: ['c.example'] });
    const presented = [await makeLeaf(renewed, { dnsNames: ['x.b.example'] }), renewed, constrained];
    expect(search({ presented, stores: { corp: [root] } }).path.status).toBe('trusted');
  });

  it.each([
    ['path-length', { pathLength: 0 }],
    ['name-constraints', { extensions: [permitDomain('b.example')] }],
  ])('hold the %s that a trust anchor states against what is below it', async (rule, spec) => {
    const anchor = await makeCa('Anchor', spec);
    const below = await makeCa('Below', { issuer: anchor });
    const found = search({ presented: [await makeLeaf(below), below], stores: { corp: [anchor] } });
    expect(outcomeOf(found)).toMatchObject({
      status: 'invalid',
      rule,
      names: ['a.example', 'Below', 'Anchor'],
    });
  });

  it('hold an unknown critical extension against the leaf', async () => {
    const strange = await makeLeaf(intermediate, { extensions: [UNKNOWN_CRITICAL] });
    const found = search({ presented: [strange, intermediate], stores: { corp: [root] } });
    expect(outcomeOf(found)).toMatchObject({ status: 'invalid', rule: 'unknown-critical-extension' });
    expect(found.problem?.certificate).toBe(found.certificates[0]);
  });

  it('hold being no CA against a private root, though not its age', async () => {
    const noCa = await makeCertificate({ subject: 'CN=No CA', ca: false });
    const found = search({ presented: [await makeLeaf(noCa), noCa] });
    expect(outcomeOf(found)).toMatchObject({
      status: 'invalid',
      rule: 'not-a-ca',
      names: ['a.example', 'No CA'],
    });
  });

  it('judge by the moment asked for', async () => {
    const presented = [leaf, intermediate];
    const stores = { corp: [root] };
    expect(search({ presented, stores, now: daysFromNow(61) }).problem?.rule).toBe('expired');
    expect(search({ presented, stores, now: daysFromNow(59) }).path.status).toBe('trusted');
    expect(search({ presented, stores, now: daysFromNow(-31) }).problem?.rule).toBe('not-yet-valid');
  });

  it('count both ends of the validity as within it', () => {
    const { notBefore, notAfter } = parseCertificate(intermediate.der);
    for (const now of [notBefore, notAfter]) {
      const found = search({
        presented: [leaf, intermediate],
        stores: { corp: [root] },
        now: new Date(now ?? 0),
      });
      expect(found.path.status).toBe('trusted');
    }
  });
});
