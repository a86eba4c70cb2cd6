import { describe, expect, it } from 'vitest';
import { parseCertificate } from '../../src/x509/certificate.js';
import type { ParsedCertificate } from '../../src/x509/parsed-certificate.js';
import { breaksPathPolicies } from '../../src/x509/path-policies.js';
import { encodeDer, encodeSequence } from '../fixtures/encode-der.js';
import { makeCa, makeLeaf } from './path-setup.js';

const DEMAND = { requireExplicitPolicy: 0, inhibitPolicyMapping: null };

const constraints = (hex: string) => ({
  type: '2.5.29.36',
  critical: true,
  value: encodeSequence(Buffer.from(hex, 'hex')),
});

async function makePath(): Promise<readonly ParsedCertificate[]> {
  const root = await makeCa('Root');
  const intermediate = await makeCa('Intermediate', { issuer: root });
  const leaf = await makeLeaf(intermediate);
  return [leaf, intermediate].map(({ der }) => parseCertificate(der));
}

// What each rule makes of a path is held against OpenSSL in the corpus: test/fixtures/corpus/policy-entries.ts.
describe('demands on policies', () => {
  it.each([
    ['both', '800102810103', { requireExplicitPolicy: 2, inhibitPolicyMapping: 3 }],
    ['one', '810100', { requireExplicitPolicy: null, inhibitPolicyMapping: 0 }],
    ['none', '', { requireExplicitPolicy: null, inhibitPolicyMapping: null }],
  ])('are read: %s', async (_, hex, expected) => {
    const { der } = await makeCa('CA', { extensions: [constraints(hex)] });
    expect(parseCertificate(der).policyConstraints).toEqual(expected);
  });

  it.each([
    ['2.5.29.36', encodeSequence(encodeDer(0x80, Buffer.of(0xff)))],
    ['2.5.29.54', encodeSequence()],
  ])('must be heeded where they cannot be read: %s', async (type, value) => {
    const { der } = await makeCa('CA', { extensions: [{ type, critical: false, value }] });
    expect(parseCertificate(der).unhandledExtensions).toEqual([type]);
  });

  it('name the certificate that lacks a policy, and nothing where nobody demands one', async () => {
    const [leaf, intermediate] = await makePath();
    if (!leaf || !intermediate) throw new Error('a path has two certificates');
    expect(breaksPathPolicies([leaf, intermediate])).toBeNull();
    const demanding = { ...intermediate, policies: ['1.2.3'], policyConstraints: DEMAND };
    expect(breaksPathPolicies([leaf, demanding])).toMatchObject({ rule: 'policy', certificate: leaf });
    expect(breaksPathPolicies([{ ...leaf, policies: ['1.2.3'] }, demanding])).toBeNull();
  });

  it('take time in proportion to what is listed, whatever is mapped to what', async () => {
    const [leaf, intermediate] = await makePath();
    if (!leaf || !intermediate) throw new Error('a path has two certificates');
    const policies = Array.from({ length: 20_000 }, (_, index) => `1.2.${index}`);
    const policyMappings = policies.flatMap((policy, index) => [
      { issuerDomain: policy, subjectDomain: `1.2.${(index + 1) % policies.length}` },
      { issuerDomain: policy, subjectDomain: '1.2.7' },
    ]);
    const hostile = { ...intermediate, policies, policyMappings, policyConstraints: DEMAND };
    const path = [{ ...leaf, policies }, ...Array.from({ length: 9 }, () => hostile)];
    expect(breaksPathPolicies(path)).toBeNull();
  });
});
