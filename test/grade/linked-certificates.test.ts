import { expect, it } from 'vitest';
import { findLinkedCertificates } from '../../src/grade/linked-certificates.js';
import { parseCertificate } from '../../src/x509/certificate.js';
import { makeLeaf, makePki, makeRoot } from './judge-setup.js';

it('follows the names from the leaf, in whatever order, and leaves out strangers', async () => {
  const { leaf, intermediate, root } = await makePki();
  const stranger = await makeLeaf({ subject: 'CN=stranger' });
  const presented = [leaf, root, stranger, intermediate].map(({ der }) => parseCertificate(der));
  const linked = findLinkedCertificates(presented, presented.slice(0, 1));
  expect(presented.map(({ facts }) => linked.has(facts.fingerprintSha256))).toEqual([
    true,
    true,
    false,
    true,
  ]);
});

it('ends when two CAs have signed each other', async () => {
  const a = await makeRoot({ subject: 'CN=A' });
  const b = await makeRoot({ subject: 'CN=B' });
  const aByB = await makeRoot({ subject: 'CN=A', key: a, issuer: b });
  const bByA = await makeRoot({ subject: 'CN=B', key: b, issuer: a });
  const leaf = await makeLeaf({ issuer: a });
  const presented = [leaf, aByB, bByA].map(({ der }) => parseCertificate(der));
  expect(findLinkedCertificates(presented, presented).size).toBe(3);
});

it('keeps a CA that is in the path with its old key and its new one', async () => {
  const { root } = await makePki();
  const renewed = await makeRoot();
  const link = await makeRoot({ key: renewed, issuer: root });
  const leaf = await makeLeaf({ issuer: renewed });
  const [first, second, third] = [leaf, link, root].map(({ der }) => parseCertificate(der));
  if (first === undefined || second === undefined || third === undefined) throw new Error('three were made');
  const linked = findLinkedCertificates([first, second], [first, second, third]);
  expect(linked).toEqual(new Set([first, second].map(({ facts }) => facts.fingerprintSha256)));
});

it('is quick with thousands of certificates of one name', async () => {
  const { leaf, intermediate } = await makePki();
  const [first, second] = [leaf, intermediate].map(({ der }) => parseCertificate(der));
  if (first === undefined || second === undefined) throw new Error('two certificates were made');
  const presented = [first, ...Array.from({ length: 20_000 }, () => second)];
  const begun = performance.now();
  findLinkedCertificates(presented, [first, second]);
  // Linear work takes some 20 ms; quadratic work would take minutes.
  expect(performance.now() - begun).toBeLessThan(2_000);
});
