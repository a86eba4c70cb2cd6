import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCertificate } from '../../src/x509/certificate.js';
import { DerError } from '../../src/x509/der-error.js';
import type { ParsedCertificate } from '../../src/x509/parsed-certificate.js';
import { findPath } from '../../src/x509/path.js';
import { makeTrustStore } from '../../src/x509/trust-store.js';
import { type MadeCertificate, makeCertificate, NOW } from '../fixtures/make-certificate.js';
import { crossSign, makeCa, makeLeaf, outcomeOf, search } from './path-setup.js';

/** No key identifiers, so that names alone tell issuers. */
const WITHOUT_KEY_IDS = [
  { type: '2.5.29.14', critical: false, value: Buffer.from('0400', 'hex') },
  { type: '2.5.29.35', critical: false, value: Buffer.from('3000', 'hex') },
];

describe('signatures', () => {
  it('that do not verify with the right key make the path invalid', async () => {
    const root = await makeCa('Root');
    const made = await makeLeaf(root);
    const der = Uint8Array.from(made.der);
    // A letter of the name, which occurs early in what is signed.
    const at = Buffer.from(der).lastIndexOf('a.example');
    der[at] = 'b'.charCodeAt(0);
    const found = search({ presented: [{ ...made, der }], stores: { corp: [root] } });
    expect(outcomeOf(found)).toMatchObject({ status: 'invalid', rule: 'signature' });
    expect(found.problem?.message).toBe('its signature does not verify with the key of its issuer CN=Root');
  });

  it('by an issuer of the same name whose key cannot be told apart make it invalid', async () => {
    const root = await makeCa('Root', { extensions: WITHOUT_KEY_IDS });
    const namesake = await makeCa('Root', { extensions: WITHOUT_KEY_IDS });
    const leaf = await makeLeaf(root, { extensions: WITHOUT_KEY_IDS });
    const found = search({ presented: [leaf, namesake] });
    expect(outcomeOf(found)).toMatchObject({ status: 'invalid', rule: 'signature', names: ['a.example'] });
    expect(search({ presented: [leaf, namesake, root] }).path.status).toBe('private');
    expect(search({ presented: [leaf, namesake], elsewhere: [root] }).path.status).toBe('private');
  });

  it('of weak algorithms count: they are findings of their own', async () => {
    const root = await makeCa('Weak Root', { key: 'rsa-512', signatureHash: 'md5' });
    const leaf = await makeLeaf(root, { signatureHash: 'md5' });
    expect(search({ presented: [leaf], stores: { corp: [root] } }).path.status).toBe('trusted');
  });
});

describe('cross-signed CAs', () => {
  it('that certify one another in a circle lead nowhere, and end', async () => {
    const [a, b] = await Promise.all([makeCa('A'), makeCa('B')]);
    const [aByB, bByA] = await Promise.all([crossSign(a, b), crossSign(b, a)]);
    const leaf = await makeLeaf(a);
    const found = search({ presented: [leaf, aByB, bByA] });
    expect(outcomeOf(found)).toMatchObject({
      status: 'invalid',
      rule: 'loop',
      names: ['a.example', 'A', 'B'],
    });
    const outside = search({ presented: [leaf, aByB, bByA], stores: { corp: [b] } });
    expect(outcomeOf(outside)).toMatchObject({ status: 'trusted', names: ['a.example', 'A', 'B'] });
  });

  it('lead to the one root that is trusted, over any of many', async () => {
    const roots = await Promise.all(Array.from({ length: 6 }, (_, at) => makeCa(`Root ${at}`)));
    const intermediate = await makeCa('Intermediate');
    const crossed = await Promise.all(roots.map((root) => crossSign(intermediate, root)));
    const leaf = await makeLeaf(intermediate);
    const stores = { corp: roots.slice(-1) };
    expect(outcomeOf(search({ presented: [leaf, ...crossed], stores })).names).toEqual([
      'a.example',
      'Intermediate',
      'Root 5',
    ]);
  });
});

describe('limits', () => {
  async function makeChain(length: number): Promise<MadeCertificate[]> {
    const chain = [await makeCa('Root')];
    for (let at = 1; at < length; at++) {
      chain.push(await makeCa(`CA ${at}`, { issuer: chain.at(-1) ?? makeNever() }));
    }
    return chain;
  }

  const makeNever = (): never => {
    throw new Error('a chain begins with a root');
  };

  it.each([
    [9, 'trusted', null],
    [10, 'invalid', 'too-complex'],
  ])('allow no path of more than ten certificates: %i above the leaf', async (length, status, rule) => {
    const [root, ...cas] = await makeChain(length);
    const leaf = await makeLeaf(cas.at(-1) ?? makeNever());
    const stores = { corp: [root ?? makeNever()] };
    expect(outcomeOf(search({ presented: [leaf, ...cas], stores }))).toMatchObject({ status, rule });
  });

  it('end a search among hundreds of certificates that could all be the issuer', async () => {
    const namesakes = await Promise.all(
      Array.from({ length: 300 }, () => makeCa('CA', { extensions: WITHOUT_KEY_IDS })),
    );
    const signer = await makeCa('CA', { extensions: WITHOUT_KEY_IDS });
    const leaf = await makeLeaf(signer, { extensions: WITHOUT_KEY_IDS });
    expect(outcomeOf(search({ presented: [leaf, ...namesakes] }))).toMatchObject({
      status: 'invalid',
      rule: 'too-complex',
    });
  });

  it('do not matter to a self-signed certificate that shares its name with many known elsewhere', async () => {
    const [own, ...others] = await Promise.all(
      Array.from({ length: 300 }, () => makeCertificate({ subject: 'CN=localhost', ca: true })),
    );
    expect(search({ presented: [own ?? makeNever()], elsewhere: others }).path.status).toBe('self-signed');
  });

  it('end a search in a web of CAs that all certify one another', async () => {
    const cas = await Promise.all(Array.from({ length: 8 }, (_, at) => makeCa(`CA ${at}`)));
    const web = await Promise.all(
      cas.flatMap((subject) =>
        cas.filter((issuer) => issuer !== subject).map((issuer) => crossSign(subject, issuer)),
      ),
    );
    const leaf = await makeLeaf(cas[0] ?? makeNever());
    expect(search({ presented: [leaf, ...web] }).path.status).toBe('invalid');
    // The search is ended, and yet finds what is near.
    expect(search({ presented: [leaf, ...web], stores: { corp: cas.slice(7) } }).path.status).toBe('trusted');
  });
});

describe('signatures that cannot be verified here', () => {
  it('make a self-issued certificate self-signed by its names', async () => {
    const made = await makeCertificate({ dnsNames: ['a.example'] });
    const der = changeAlgorithm(made.der);
    expect(search({ presented: [{ ...made, der }] }).path.status).toBe('self-signed');
  });

  it('make a path invalid, and say so', async () => {
    const root = await makeCa('Root');
    const made = await makeLeaf(root);
    const found = search({
      presented: [{ ...made, der: changeAlgorithm(made.der) }],
      stores: { corp: [root] },
    });
    expect(outcomeOf(found)).toMatchObject({ status: 'invalid', rule: 'signature-algorithm' });
    expect(found.problem?.message).toContain('1.2.840.10045.4.3.9');
  });

  /** ecdsa-with-SHA256 becomes an OID that is not assigned. */
  function changeAlgorithm(der: Uint8Array): Uint8Array {
    const hex = Buffer.from(der).toString('hex').replaceAll('06082a8648ce3d040302', '06082a8648ce3d040309');
    return Uint8Array.from(Buffer.from(hex, 'hex'));
  }
});

describe('hostile chains', () => {
  it('never throw, whatever bytes of leaf and issuer are changed', async () => {
    const root = await makeCa('Root');
    const made = await makeCa('Intermediate', { issuer: root, pathLength: 0 });
    const leaf = await makeLeaf(made);
    const anchors = makeTrustStore('corp', [root.der]);
    const change = fc.tuple(fc.boolean(), fc.nat(), fc.integer({ min: 0, max: 255 }));
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), (changes) => {
        const ders = [Uint8Array.from(leaf.der), Uint8Array.from(made.der)];
        for (const [isLeaf, at, value] of changes) {
          const der = ders[isLeaf ? 0 : 1];
          if (der) der[at % der.length] = value;
        }
        const presented = ders.flatMap(readable);
        const [first] = presented;
        if (first === undefined) return;
        const now = NOW.getTime();
        const { path } = findPath({
          leaf: first,
          presented,
          trustStores: [anchors],
          intermediates: anchors,
          now,
        });
        expect(path.certificates[0]).toBe(first.facts.fingerprintSha256);
      }),
      { numRuns: 1000 },
    );
  });

  function readable(der: Uint8Array): readonly ParsedCertificate[] {
    try {
      return [parseCertificate(der)];
    } catch (error) {
      expect(error).toBeInstanceOf(DerError);
      return [];
    }
  }
});
