import { describe, expect, it } from 'vitest';
import { auditTrustStore, type TrustStoreEntry } from '../../src/grade/audit-trust-store.js';
import { createKeyTester } from '../../src/grade/key-tester.js';
import { DEFAULT_POLICY, type Policy } from '../../src/grade/policy.js';
import { mozillaTrustStore } from '../../src/x509/mozilla-trust-store.js';
import {
  type CertificateSpec,
  type MadeCertificate,
  makeCertificate,
  NOW,
} from '../fixtures/make-certificate.js';

const DAY_MS = 86_400_000;
const inDays = (days: number) => new Date(NOW.getTime() + days * DAY_MS);

function audit(ders: readonly Uint8Array[], policy: Policy = DEFAULT_POLICY): readonly TrustStoreEntry[] {
  return auditTrustStore(ders, { policy, now: NOW, testKey: createKeyTester([]) });
}

const makeCa = (subject: string, spec: CertificateSpec = {}): Promise<MadeCertificate> =>
  makeCertificate({ subject: `CN=${subject}`, ca: true, notAfter: inDays(1000), ...spec });

/** `yes` or `no`, then the ids of the findings. */
const verdict = ({ findings, valid }: TrustStoreEntry) =>
  [valid ? 'yes' : 'no', ...findings.map(({ id }) => id)].join(' ');

describe('auditTrustStore', () => {
  it('finds nothing wrong with sound roots and what they certify', async () => {
    const root = await makeCa('Root');
    const intermediate = await makeCa('Intermediate', { issuer: root });
    const lower = await makeCa('Lower', { issuer: intermediate });
    expect(audit([lower.der, root.der, intermediate.der]).map(verdict)).toEqual(['yes', 'yes', 'yes']);
  });

  it.each<[name: string, spec: CertificateSpec, expected: string]>([
    ['an expired CA', { notBefore: inDays(-20), notAfter: inDays(-1) }, 'no expired'],
    ['one that ends soon', { notAfter: inDays(10) }, 'yes expiring'],
    ['one that begins later', { notBefore: inDays(5) }, 'no not-yet-valid'],
    ['one with a short key', { key: 'rsa-1024' }, 'yes weak-rsa-key'],
    ['a root signed with SHA-1', { signatureHash: 'sha1' }, 'yes'],
    ['what is no CA', { ca: false }, 'no not-a-ca'],
    [
      'a CA that browsers have distrusted',
      { subject: 'CN=TrustCor ECA-1,O=TrustCor Systems S. de R.L.' },
      'no distrusted-ca',
    ],
    [
      'one that they distrust from a date on',
      { subject: 'CN=AffirmTrust Premium,O=AffirmTrust' },
      'yes distrusted-ca',
    ],
  ])('tells of %s', async (_name, spec, expected) => {
    const { der } = await makeCa('Root', spec);
    expect(audit([der]).map(verdict)).toEqual([expected]);
  });

  it('tells of SHA-1 and of a missing root where it is relied on', async () => {
    const root = await makeCa('Root');
    const weak = await makeCa('Weak', { issuer: root, signatureHash: 'sha1' });
    expect(audit([root.der, weak.der]).map(verdict)).toEqual(['yes', 'yes sha1-signature']);
    expect(audit([weak.der]).map(verdict)).toEqual(['no no-trust-anchor sha1-signature']);
    const namesake = await makeCa('Root');
    expect(audit([namesake.der, weak.der]).map(verdict)[1]).toBe('no no-trust-anchor sha1-signature');
  });

  it('tells of duplicates, damaged copies and what cannot be read', async () => {
    const { der } = await makeCa('Root');
    const damaged = new Uint8Array(der);
    damaged[damaged.length - 1] = (damaged.at(-1) ?? 0) ^ 1;
    const entries = audit([der, damaged, der, Buffer.of(0x30, 3)]);
    expect(entries.map(verdict)).toEqual([
      'yes',
      'no invalid-signature',
      'yes duplicate-certificate',
      'no unreadable-certificate',
    ]);
    expect(entries[2]?.findings[0]?.message).toBe('CN=Root: it is the same as the one at place 1');
  });

  it('heeds the policy', async () => {
    const { der } = await makeCa('Root', { key: 'rsa-2048', notAfter: inDays(10) });
    const policy: Policy = {
      ...DEFAULT_POLICY,
      keys: { ...DEFAULT_POLICY.keys, rsaMinimumBits: 3072 },
      findings: { expiring: 'off', 'weak-rsa-key': 'critical' },
    };
    expect(audit([der], policy)[0]?.findings).toMatchObject([{ id: 'weak-rsa-key', severity: 'critical' }]);
  });

  it('takes no longer for many CAs of one name than for their signatures', async () => {
    const roots = await Promise.all(Array.from({ length: 60 }, () => makeCa('Same')));
    const [first] = roots;
    const lower = await Promise.all(
      Array.from({ length: 60 }, () => makeCa('Lower', first && { issuer: first })),
    );
    const entries = audit([...lower, ...roots].map(({ der }) => der));
    expect(entries.every(({ valid }) => valid)).toBe(true);
  });

  it('audits all roots of Mozilla and finds no unreadable one', () => {
    const entries = audit(mozillaTrustStore().anchors.map(({ der }) => der));
    const ids = new Set(entries.flatMap(({ findings }) => findings.map(({ id }) => id)));
    for (const id of ['unreadable-certificate', 'invalid-signature', 'no-trust-anchor', 'not-a-ca'])
      expect(ids).not.toContain(id);
  });
});
