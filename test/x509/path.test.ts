import { beforeAll, describe, expect, it } from 'vitest';
import { type MadeCertificate, makeCertificate, NOW } from '../fixtures/make-certificate.js';
import { crossSign, makeCa, makeLeaf, nameOf, outcomeOf, search } from './path-setup.js';

const DAY_MS = 86_400_000;
const daysFromNow = (days: number) => new Date(NOW.getTime() + days * DAY_MS);
const EXPIRED = { notBefore: daysFromNow(-400), notAfter: daysFromNow(-10) };

let root: MadeCertificate;
let intermediate: MadeCertificate;
let leaf: MadeCertificate;
let otherRoot: MadeCertificate;

beforeAll(async () => {
  root = await makeCa('Root');
  otherRoot = await makeCa('Other Root');
  intermediate = await makeCa('Intermediate', { issuer: root });
  leaf = await makeLeaf(intermediate);
});

describe('a trusted path', () => {
  it('runs over presented intermediates to an anchor that was not sent', () => {
    const found = search({ presented: [leaf, intermediate], stores: { corp: [root] } });
    expect(outcomeOf(found)).toEqual({
      status: 'trusted',
      names: ['a.example', 'Intermediate', 'Root'],
      stores: ['corp'],
      rule: null,
    });
    expect(found.path.reason).toBeNull();
    expect(found.path.certificates).toEqual(found.certificates.map(({ facts }) => facts.fingerprintSha256));
    expect(found.missingIssuer).toBeNull();
  });

  it('minds neither order nor strangers nor duplicates', async () => {
    const stranger = await makeCa('Stranger');
    const presented = [leaf, root, stranger, intermediate, intermediate, leaf];
    expect(outcomeOf(search({ presented, stores: { corp: [root] } })).names).toEqual([
      'a.example',
      'Intermediate',
      'Root',
    ]);
  });

  it('names every store that holds an anchor of some path, in the order given', async () => {
    const cross = await crossSign(root, otherRoot);
    const presented = [leaf, intermediate, cross];
    const stores = { none: [], other: [otherRoot], corp: [root], both: [root, otherRoot] };
    expect(search({ presented, stores }).path.trustStores).toEqual(['other', 'corp', 'both']);
  });

  it('ends at an intermediate that is an anchor, and goes on for stores that hold its root', () => {
    const presented = [leaf, intermediate];
    expect(outcomeOf(search({ presented, stores: { pinned: [intermediate] } }))).toMatchObject({
      status: 'trusted',
      names: ['a.example', 'Intermediate'],
    });
    const stores = { root: [root], pinned: [intermediate] };
    expect(search({ presented, stores }).path.trustStores).toEqual(['root', 'pinned']);
  });

  it('is the leaf alone when a store holds it', async () => {
    const own = await makeCertificate({ dnsNames: ['a.example'] });
    const expected = { status: 'trusted', names: ['a.example'], stores: ['corp'], rule: null };
    expect(outcomeOf(search({ presented: [own], stores: { corp: [own] } }))).toEqual(expected);
    expect(outcomeOf(search({ presented: [leaf], stores: { corp: [leaf] } }))).toEqual(expected);
  });

  it('is found for an expired leaf too: that is a finding of its own', async () => {
    const expired = await makeLeaf(intermediate, EXPIRED);
    expect(search({ presented: [expired, intermediate], stores: { corp: [root] } }).path.status).toBe(
      'trusted',
    );
  });

  it('takes an anchor by name and key, whatever else it says', async () => {
    const strange = await makeCertificate({ subject: 'CN=Strange', ca: false, ...EXPIRED });
    const issued = await makeLeaf(strange);
    const found = search({ presented: [issued], stores: { corp: [strange] } });
    expect(outcomeOf(found)).toMatchObject({ status: 'trusted', names: ['a.example', 'Strange'] });
    expect(found.path.reason).toMatch(/^CN=Strange: the trust anchor expired on \d{4}-/);
  });

  it('prefers an anchor that has not expired', async () => {
    const aged = await crossSign(root, root, EXPIRED);
    const found = search({ presented: [leaf, intermediate], stores: { corp: [aged, root] } });
    expect(found.path).toMatchObject({ status: 'trusted', reason: null });
  });

  it('is found beside an expired cross-signed certificate, whichever comes first', async () => {
    const expired = await crossSign(root, otherRoot, EXPIRED);
    const stores = { corp: [root, otherRoot] };
    for (const presented of [
      [leaf, intermediate, expired],
      [leaf, expired, intermediate],
    ]) {
      expect(outcomeOf(search({ presented, stores })).names).toEqual(['a.example', 'Intermediate', 'Root']);
    }
  });

  it('is found past certificates of the right name and a wrong key', async () => {
    const impostors = await Promise.all([1, 2, 3].map(() => makeCa('Intermediate', { issuer: otherRoot })));
    const presented = [leaf, ...impostors, intermediate];
    expect(search({ presented, stores: { corp: [otherRoot, root] } }).path.status).toBe('trusted');
  });

  it('is found over a renewed key of the same name', async () => {
    const renewed = await makeCa('Root');
    const rollover = await crossSign(renewed, root);
    const issued = await makeLeaf(renewed);
    expect(outcomeOf(search({ presented: [issued, rollover], stores: { corp: [root] } }))).toMatchObject({
      status: 'trusted',
      names: ['a.example', 'Root', 'Root'],
    });
  });

  it('goes on from an anchor with a renewed key to a store that holds the old one', async () => {
    const renewed = await makeCa('Root');
    const rollover = await crossSign(renewed, root);
    const issued = await makeLeaf(renewed);
    const stores = { new: [rollover], old: [root] };
    expect(search({ presented: [issued], stores }).path.trustStores).toEqual(['new', 'old']);
    expect(search({ presented: [issued], stores: { new: [rollover] } }).path.trustStores).toEqual(['new']);
  });

  it('is found where names differ in case and white space only', async () => {
    const shouting = await makeCa('EXAMPLE  ROOT');
    const quiet = await makeCa('Example Root', { key: shouting });
    const issued = await makeLeaf(quiet);
    expect(search({ presented: [issued], stores: { corp: [shouting] } }).path.status).toBe('trusted');
  });
});

describe('a path that no store anchors', () => {
  it('is private when it ends in a presented root', () => {
    expect(
      outcomeOf(search({ presented: [leaf, intermediate, root], stores: { corp: [otherRoot] } })),
    ).toEqual({
      status: 'private',
      names: ['a.example', 'Intermediate', 'Root'],
      stores: [],
      rule: null,
    });
  });

  it('is private when its root is known elsewhere', () => {
    expect(search({ presented: [leaf, intermediate], elsewhere: [root] }).path.status).toBe('private');
  });

  it('is private though the root has expired', async () => {
    const aged = await makeCa('Aged', EXPIRED);
    expect(search({ presented: [await makeLeaf(aged), aged] }).path.status).toBe('private');
  });

  it('is self-signed when the own key verifies the leaf', async () => {
    const own = await makeCertificate({ dnsNames: ['a.example'] });
    const expected = { status: 'self-signed', names: ['a.example'], stores: [], rule: null };
    expect(outcomeOf(search({ presented: [own], stores: { corp: [root] } }))).toEqual(expected);
    expect(outcomeOf(search({ presented: [root, intermediate] })).status).toBe('self-signed');
  });

  it('is not self-signed by equal names alone', async () => {
    const posing = await makeCertificate({ subject: 'CN=Root', dnsNames: ['a.example'], issuer: root });
    expect(outcomeOf(search({ presented: [posing] }))).toMatchObject({
      status: 'incomplete',
      rule: 'missing-issuer',
    });
    expect(search({ presented: [posing], stores: { corp: [root] } }).path.status).toBe('trusted');
  });

  it('is untrusted when its anchor is distrusted, unless another path is not', async () => {
    const distrust = (anchor: { facts: { commonName: string | null } }) =>
      anchor.facts.commonName === 'Root' ? 'distrusted after 2026-01-01' : null;
    const presented = [leaf, intermediate];
    const found = search({ presented, stores: { corp: [root] }, distrust });
    expect(outcomeOf(found)).toEqual({
      status: 'untrusted',
      names: ['a.example', 'Intermediate', 'Root'],
      stores: [],
      rule: 'distrusted',
    });
    expect(found.path.reason).toBe('CN=Root: distrusted after 2026-01-01');
    const cross = await crossSign(root, otherRoot);
    const both = { corp: [root], other: [otherRoot] };
    expect(search({ presented: [...presented, cross], stores: both, distrust }).path).toMatchObject({
      status: 'trusted',
      trustStores: ['other'],
    });
  });
});

describe('an incomplete path', () => {
  it('tells which certificate lacks its issuer', () => {
    const found = search({ presented: [leaf], stores: { corp: [root] } });
    expect(outcomeOf(found)).toEqual({
      status: 'incomplete',
      names: ['a.example'],
      stores: [],
      rule: 'missing-issuer',
    });
    expect(found.path.reason).toBe(
      'CN=a.example: its issuer CN=Intermediate is neither presented nor in a trust store',
    );
    expect(found.missingIssuer).toMatchObject({ known: null });
    expect(found.missingIssuer?.of).toBe(found.certificates[0]);
  });

  it('goes as far as it can', () => {
    const found = search({ presented: [leaf, intermediate] });
    expect(found.certificates.map(nameOf)).toEqual(['a.example', 'Intermediate']);
    expect(found.missingIssuer && nameOf(found.missingIssuer.of)).toBe('Intermediate');
  });

  it('stays incomplete when the missing certificate is known elsewhere, and names it', () => {
    const found = search({
      presented: [leaf],
      stores: { corp: [root] },
      elsewhere: [otherRoot, intermediate],
    });
    expect(outcomeOf(found)).toMatchObject({ status: 'incomplete', names: ['a.example'], stores: [] });
    expect(found.missingIssuer?.known?.facts.commonName).toBe('Intermediate');
  });

  it('names a known issuer even where no root is to be found', () => {
    const found = search({ presented: [leaf], elsewhere: [intermediate] });
    expect(found.path.status).toBe('incomplete');
    expect(found.missingIssuer?.known?.facts.commonName).toBe('Intermediate');
  });

  it('does not take a certificate of another key for the missing one', async () => {
    const renewed = await makeCa('Intermediate', { issuer: root });
    const found = search({ presented: [leaf, renewed], stores: { corp: [root] }, elsewhere: [renewed] });
    expect(outcomeOf(found)).toMatchObject({
      status: 'incomplete',
      names: ['a.example'],
      rule: 'missing-issuer',
    });
    expect(found.missingIssuer?.known).toBeNull();
  });

  it('is what an expired intermediate of an unknown root leads to', async () => {
    const expired = await makeCa('Expired', { issuer: root, ...EXPIRED });
    const found = search({ presented: [await makeLeaf(expired), expired] });
    expect(outcomeOf(found)).toMatchObject({ status: 'incomplete', names: ['a.example', 'Expired'] });
  });
});
