import { describe, expect, it } from 'vitest';
import { DEFAULT_POLICY } from '../../src/grade/policy.js';
import { fixChain } from '../../src/scan/fix-chain.js';
import { makeIssuerIndex } from '../../src/scan/issuer-index.js';
import { makeTrustStore } from '../../src/x509/trust-store.js';
import { type MadeCertificate, makeCertificate, NOW } from '../fixtures/make-certificate.js';

const URL = 'http://ca.example/lower.crt';
const root = await makeCertificate({ subject: 'CN=Root', ca: true });
const upper = await makeCertificate({ subject: 'CN=Upper', ca: true, issuer: root });
const lower = await makeCertificate({ subject: 'CN=Lower', ca: true, issuer: upper });
const leaf = await makeCertificate({ dnsNames: ['a.example'], issuer: lower, aiaIssuers: URL });
const stranger = await makeCertificate({ dnsNames: ['b.example'] });
const expiredLower = await makeCertificate({
  subject: 'CN=Lower',
  ca: true,
  key: { publicKey: lower.publicKey, privateKey: lower.privateKey },
  issuer: upper,
  notBefore: new Date(NOW.getTime() - 30 * 86_400_000),
  notAfter: new Date(NOW.getTime() - 86_400_000),
});

function fix(sent: readonly MadeCertificate[], known: readonly MadeCertificate[] = []) {
  const intermediates = makeIssuerIndex();
  for (const { der } of known) intermediates.add(der, { kind: 'inventory' });
  const trustStores = [makeTrustStore('corp', [root.der])];
  const fixed = fixChain(
    sent.map(({ der }) => der),
    { policy: DEFAULT_POLICY, trustStores, now: NOW, intermediates },
  );
  return fixed.kind === 'fixed' ? fixed.certificates.map(nameOf) : fixed;
}

function nameOf(der: Uint8Array): string {
  const all = { root, upper, lower, leaf, stranger, expiredLower };
  return Object.entries(all).find(([, each]) => Buffer.compare(each.der, der) === 0)?.[0] ?? 'unknown';
}

describe('fixChain', () => {
  it.each<[string, readonly MadeCertificate[], readonly MadeCertificate[]]>([
    ['is what is sent when that is right', [leaf, lower, upper], []],
    [
      'puts what is sent in order, without root, strangers and duplicates',
      [leaf, root, upper, stranger, lower, upper],
      [],
    ],
    ['adds one that is known from elsewhere', [leaf, upper], [lower]],
    ['adds several', [leaf], [upper, lower]],
    ['replaces one that has expired', [leaf, expiredLower, upper], [lower, upper]],
  ])('%s', (_name, sent, known) => {
    expect(fix(sent, known)).toEqual(['leaf', 'lower', 'upper']);
  });

  it('is the certificate alone when that is its own issuer', () => {
    expect(fix([stranger, lower])).toEqual(['stranger']);
  });

  it('says what is missing, and where it is to be had', () => {
    const missing = { kind: 'missing', subject: 'CN=Lower', issuerOf: 'CN=a.example', urls: [URL] };
    expect(fix([leaf, upper])).toEqual(missing);
    expect(fix([leaf], [lower])).toEqual({
      kind: 'missing',
      subject: 'CN=Upper',
      issuerOf: 'CN=Lower',
      urls: [],
    });
  });

  it('says when no certificate would help', () => {
    expect(fix([leaf, expiredLower, upper])).toMatchObject({
      kind: 'hopeless',
      reason: expect.stringMatching(/expired/),
    });
    const garbage = fixChain([Buffer.from('garbage')], { policy: DEFAULT_POLICY, trustStores: [], now: NOW });
    expect(garbage).toMatchObject({ kind: 'hopeless', reason: expect.stringMatching(/cannot be read/) });
  });
});
