import { beforeAll, describe, expect, it } from 'vitest';
import { listRevocationQuestions } from '../../src/scan/revocation-questions.js';
import type { MadeCertificate } from '../fixtures/make-certificate.js';
import { makeCa, makeLeaf, nameOf, type PathCase, search } from '../x509/path-setup.js';

const DAY_MS = 86_400_000;

let root: MadeCertificate;
let intermediate: MadeCertificate;
let leaf: MadeCertificate;

beforeAll(async () => {
  root = await makeCa('Root');
  intermediate = await makeCa('Intermediate', { issuer: root });
  leaf = await makeLeaf(intermediate);
});

function questions(pathCase: PathCase, now = new Date()): string[] {
  return listRevocationQuestions(search(pathCase), now.getTime()).map(
    ({ certificate, issuer }) => `${nameOf(certificate)} by ${issuer ? nameOf(issuer) : 'nobody'}`,
  );
}

describe('listRevocationQuestions', () => {
  it('asks about leaf and intermediates, but not about the anchor', () => {
    const expected = ['a.example by Intermediate', 'Intermediate by Root'];
    expect(questions({ presented: [leaf, intermediate], stores: { corp: [root] } })).toEqual(expected);
    expect(questions({ presented: [leaf, intermediate, root] })).toEqual(expected);
  });

  it('asks about nothing above an anchor that is an intermediate', () => {
    expect(questions({ presented: [leaf], stores: { corp: [intermediate] } })).toEqual([
      'a.example by Intermediate',
    ]);
  });

  it('has nobody to verify an answer with where the issuer is missing', () => {
    expect(questions({ presented: [leaf] })).toEqual(['a.example by nobody']);
    expect(questions({ presented: [leaf, intermediate] })).toEqual([
      'a.example by Intermediate',
      'Intermediate by nobody',
    ]);
  });

  it('asks with an issuer that is known from elsewhere', () => {
    expect(questions({ presented: [leaf], elsewhere: [intermediate], stores: { corp: [root] } })).toEqual([
      'a.example by Intermediate',
    ]);
  });

  it('asks about nothing that is trusted by hand or signed by itself', async () => {
    const own = await makeLeaf(await makeCa('a.example'), { subject: 'CN=own' });
    expect(questions({ presented: [root] })).toEqual([]);
    expect(questions({ presented: [own], stores: { corp: [own] } })).toEqual([]);
  });

  it('takes no impostor for the issuer', async () => {
    const impostor = await makeCa('Intermediate', { issuer: root });
    expect(questions({ presented: [leaf, impostor], stores: { corp: [root] } })).toEqual([
      'a.example by nobody',
    ]);
  });

  it('asks about nothing that has expired, and nothing that ends so soon that nobody is to be asked', async () => {
    const stores = { corp: [root] };
    const presented = [leaf, intermediate];
    const later = new Date(Date.now() + 61 * DAY_MS);
    expect(questions({ presented, stores }, later)).toEqual([]);
    const notBefore = new Date(Date.now() - DAY_MS);
    const notAfter = new Date(Date.now() + 5 * DAY_MS);
    const brief = await makeLeaf(intermediate, { notBefore, notAfter });
    expect(questions({ presented: [brief, intermediate], stores })).toEqual(['Intermediate by Root']);
    const told = await makeLeaf(intermediate, { notBefore, notAfter, crlUrl: 'http://crl.example/' });
    expect(questions({ presented: [told, intermediate], stores })).toHaveLength(2);
  });
});
