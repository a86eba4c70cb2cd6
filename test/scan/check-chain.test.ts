import { describe, expect, it } from 'vitest';
import { DEFAULT_POLICY } from '../../src/grade/policy.js';
import type { Endpoint } from '../../src/model/endpoint.js';
import { checkChain } from '../../src/scan/check-chain.js';
import { makeTrustStore } from '../../src/x509/trust-store.js';
import { makeCertificate, NOW } from '../fixtures/make-certificate.js';

const ENDPOINT: Endpoint = {
  host: 'a.example',
  address: '192.0.2.1',
  port: 443,
  protocol: 'tls',
  serverName: 'a.example',
};

const root = await makeCertificate({ subject: 'CN=Root', ca: true });
const upper = await makeCertificate({ subject: 'CN=Upper', ca: true, issuer: root });
const lower = await makeCertificate({
  subject: 'CN=Lower',
  ca: true,
  issuer: upper,
  aiaIssuers: 'http://ca.example/upper.crt',
});
const leaf = await makeCertificate({ dnsNames: ['a.example'], issuer: lower });
const other = await makeCertificate({ dnsNames: ['b.example'] });

const context = {
  policy: DEFAULT_POLICY,
  trustStores: [makeTrustStore('corp', [root.der]), makeTrustStore('empty', [])],
  now: NOW,
};

function check(...chain: readonly Uint8Array[]) {
  return checkChain(chain, ENDPOINT, context);
}

describe('checkChain', () => {
  it('tells what each certificate is, where the path leads and who trusts it', () => {
    const chain = check(leaf.der, lower.der, upper.der, root.der, other.der);
    expect(chain?.presented.map(({ role }) => role)).toEqual([
      'leaf',
      'intermediate',
      'intermediate',
      'root',
      'stranger',
    ]);
    expect(chain?.path.map(({ place, role, trustStores }) => [role, place, trustStores])).toEqual([
      ['leaf', 1, []],
      ['intermediate', 2, []],
      ['intermediate', 3, []],
      ['root', 4, ['corp']],
    ]);
    expect(chain?.trustStores.map(({ status, trustStore }) => [trustStore, status])).toEqual([
      ['corp', 'trusted'],
      ['empty', 'private'],
    ]);
    expect(chain?.name).toEqual({ asked: 'a.example', matches: true });
    expect(chain?.problem).toBeNull();
    expect(chain?.chainFile.map(({ subject }) => subject)).toEqual(['CN=a.example', 'CN=Lower', 'CN=Upper']);
  });

  it('names the missing intermediate and where it is to be had', () => {
    const chain = check(leaf.der, lower.der);
    expect(chain?.problem).toMatchObject({ subject: 'CN=Lower', rule: 'missing-issuer' });
    expect(chain?.chainFile).toMatchObject([
      { subject: 'CN=a.example', place: 1, urls: [] },
      { subject: 'CN=Lower', place: 2, urls: [] },
      { subject: 'CN=Upper', place: null, fingerprintSha256: null, urls: ['http://ca.example/upper.crt'] },
    ]);
  });

  it('puts an unordered chain in order', () => {
    const chain = check(leaf.der, upper.der, lower.der);
    expect(chain?.chainFile.map(({ place, subject }) => [subject, place])).toEqual([
      ['CN=a.example', 1],
      ['CN=Lower', 3],
      ['CN=Upper', 2],
    ]);
  });

  it('keeps the place of a certificate that cannot be read', () => {
    const chain = check(leaf.der, Buffer.from('30020000', 'hex'), lower.der, upper.der);
    expect(chain?.presented[1]).toMatchObject({ place: 2, certificate: null, role: null });
    expect(chain?.presented[1]?.unreadable).not.toBe('');
    expect(chain?.path.map(({ place }) => place)).toEqual([1, 3, 4, null]);
  });

  it('explains no more than it takes, however many are sent', () => {
    const chain = check(leaf.der, ...Array<Uint8Array>(500).fill(other.der));
    expect(chain?.presented).toHaveLength(20);
    expect(chain?.omitted).toBe(481);
  });

  it('has nothing to say where there is no leaf', () => {
    expect(check()).toBeNull();
    expect(check(Buffer.from('garbage'))).toBeNull();
  });
});
