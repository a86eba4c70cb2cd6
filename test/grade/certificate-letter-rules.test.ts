import { describe, expect, it } from 'vitest';
import { CERTIFICATE_LETTER_RULES } from '../../src/grade/certificate-letter-rules.js';
import { judgeSetup, makeLeaf, makePki, makeRoot, type Setup } from './judge-setup.js';

async function trusted(parts: Parameters<typeof makePki>[0] = {}, rest: Partial<Setup> = {}): Promise<Setup> {
  const { leaf, intermediate, root } = await makePki(parts);
  return { chain: [leaf, intermediate], roots: [root], name: 'a.example', ...rest };
}

function grade(setup: Setup): { letter: string | null | undefined; rules: string[] } {
  const { grades } = judgeSetup(setup);
  return { letter: grades?.certificate, rules: (grades?.reasons ?? []).map(({ rule }) => rule) };
}

describe('the rules of the certificate', () => {
  it.each<[string, string, string[], () => Promise<Setup>]>([
    ['a sound certificate of a private CA that a store holds', 'A', [], () => trusted()],
    [
      'a STARTTLS server with the same',
      'A',
      [],
      () =>
        trusted(
          {},
          {
            observed: {
              endpoint: {
                host: 'a.example',
                address: '192.0.2.25',
                port: 25,
                protocol: 'smtp',
                serverName: 'a.example',
              },
            },
          },
        ),
    ],
    [
      'a self-signed certificate that a store holds',
      'A',
      [],
      async () => {
        const leaf = await makeLeaf();
        return { chain: [leaf], roots: [leaf], name: 'a.example' };
      },
    ],
    ['a self-signed certificate', 'T', ['self-signed'], async () => ({ chain: [await makeLeaf()] })],
    [
      'a private root that no store holds',
      'T',
      ['untrusted-root'],
      async () => {
        const { leaf, intermediate, root } = await makePki();
        return { chain: [leaf, intermediate, root] };
      },
    ],
    ['a distrusted CA', 'T', ['distrusted-ca'], () => trusted({}, { distrust: () => 'distrusted' })],
    [
      'a chain that breaks a rule',
      'T',
      ['invalid-path'],
      () => trusted({ intermediate: { notAfter: new Date('2022-01-01T00:00:00Z') } }),
    ],
    [
      'an issuer that nobody knows',
      'T',
      ['unknown-issuer'],
      async () => ({ chain: [(await makePki()).leaf] }),
    ],
    [
      'an issuer that is known and trusted, but not sent',
      'B',
      ['missing-intermediate'],
      async () => {
        const { leaf, intermediate, root } = await makePki();
        return { chain: [leaf], roots: [root], known: [intermediate] };
      },
    ],
    [
      'an issuer that is known and not trusted',
      'T',
      ['unknown-issuer'],
      async () => {
        const { leaf, intermediate, root } = await makePki();
        return {
          chain: [leaf],
          roots: [await makeRoot({ subject: 'CN=Other' })],
          known: [intermediate, root],
        };
      },
    ],
    ['an expired certificate', 'T', ['expired'], () => trusted({}, { now: '2027-02-01T00:00:00Z' })],
    [
      'a certificate of the future',
      'T',
      ['not-yet-valid'],
      () => trusted({}, { now: '2026-10-01T00:00:00Z' }),
    ],
    ['a name that is not in it', 'M', ['hostname-mismatch'], () => trusted({}, { name: 'b.example' })],
    [
      'both a name that is not in it and no trust',
      'T',
      ['self-signed', 'hostname-mismatch'],
      async () => ({
        chain: [await makeLeaf()],
        name: 'b.example',
      }),
    ],
    ['SHA-1', 'T', ['sha1-signature'], () => trusted({ leaf: { signatureHash: 'sha1' } })],
    [
      'MD5',
      'F',
      ['md5-signature'],
      () => trusted({ intermediate: { key: 'rsa-2048' }, leaf: { signatureHash: 'md5' } }),
    ],
    ['RSA of 1024 bits', 'B', ['short-key'], () => trusted({ leaf: { key: 'rsa-1024' } })],
    ['RSA of 512 bits', 'F', ['breakable-key', 'short-key'], () => trusted({ leaf: { key: 'rsa-512' } })],
  ])('%s: %s', async (_, letter, rules, setup) => {
    expect(grade(await setup())).toEqual({ letter, rules });
  });

  it('do not depend on the severities of a policy', async () => {
    const policy = 'findings: { self-signed: off }\nkeys: { rsaMinimumBits: 8192 }';
    expect(grade({ chain: [await makeLeaf()], policy }).letter).toBe('T');
    expect(grade(await trusted({ leaf: { key: 'rsa-2048' } }, { policy })).letter).toBe('A');
  });

  it('have each rule once', () => {
    const rules = CERTIFICATE_LETTER_RULES.map(({ rule }) => rule);
    expect(new Set(rules).size).toBe(rules.length);
  });
});
