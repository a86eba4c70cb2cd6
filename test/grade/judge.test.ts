import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createJudge } from '../../src/grade/judge.js';
import { DEFAULT_POLICY } from '../../src/grade/policy.js';
import { SEVERITIES } from '../../src/model/finding.js';
import { makeTrustStore } from '../../src/x509/trust-store.js';
import { makePosture } from '../fixtures/make-posture.js';
import { judgeSetup, makeLeaf, makePki, makeRoot, NOW, observe, type Setup } from './judge-setup.js';

const sound = async (): Promise<Setup> => {
  const { leaf, intermediate, root } = await makePki();
  return { chain: [leaf, intermediate], roots: [root], name: 'a.example' };
};

describe('createJudge', () => {
  it('finds nothing wrong with a sound chain', async () => {
    const judgement = judgeSetup(await sound());
    expect(judgement).toMatchObject({ status: 'Good', findings: [], grade: 'A' });
    expect(judgement.path).toMatchObject({ status: 'trusted', trustStores: ['corp'] });
    expect(judgement.presented.map(({ commonName }) => commonName)).toEqual(['a.example', 'Corp Issuing CA']);
  });

  it('makes the same judgement of the same observation, remembered or not', async () => {
    const { leaf, intermediate } = await makePki();
    const judge = createJudge({ policy: DEFAULT_POLICY, trustStores: [], now: new Date(NOW) });
    const first = judge(observe([leaf, intermediate], 'b.example'));
    expect(judge(observe([leaf, intermediate], 'b.example'))).toEqual(first);
    const again = createJudge({ policy: DEFAULT_POLICY, trustStores: [], now: new Date(NOW) });
    expect(again(observe([leaf, intermediate], 'b.example'))).toEqual(first);
  });

  it('judges one chain anew for each name', async () => {
    const { leaf, intermediate } = await makePki();
    const judge = createJudge({ policy: DEFAULT_POLICY, trustStores: [], now: new Date(NOW) });
    const ids = (name: string | null) =>
      judge(observe([leaf, intermediate], name)).findings.map(({ id }) => id);
    expect(ids('a.example')).not.toContain('hostname-mismatch');
    expect(ids('b.example')).toContain('hostname-mismatch');
    expect(ids(null)).not.toContain('hostname-mismatch');
    expect(ids('a.example')).not.toContain('hostname-mismatch');
  });

  it('names every trust store that holds an anchor', async () => {
    const { leaf, intermediate, root } = await makePki();
    const stores = ['mozilla', 'empty', 'corp'].map((name) =>
      makeTrustStore(name, name === 'empty' ? [] : [root.der]),
    );
    const judge = createJudge({ policy: DEFAULT_POLICY, trustStores: stores, now: new Date(NOW) });
    expect(judge(observe([leaf, intermediate])).path.trustStores).toEqual(['mozilla', 'corp']);
  });

  it('puts the most severe finding first, then goes by id', async () => {
    const leaf = await makeLeaf({
      key: 'rsa-512',
      subject: 'CN=*.box',
      dnsNames: [],
      notAfter: new Date('2026-11-01Z'),
    });
    const { findings } = judgeSetup({ chain: [leaf], name: 'a.example' });
    expect(findings.map(({ id }) => id)).toEqual([
      'weak-rsa-key',
      'expired',
      'hostname-mismatch',
      'missing-san',
      'self-signed',
      'wildcard-certificate',
    ]);
    const ranks = findings.map(({ severity }) => SEVERITIES.indexOf(severity));
    expect(ranks).toEqual([...ranks].sort((a, b) => b - a));
  });

  it('lets the policy rate a finding, also against the check', async () => {
    const leaf = await makeLeaf({ key: 'rsa-512' });
    const { findings } = judgeSetup({
      chain: [leaf],
      policy: 'findings: { weak-rsa-key: low, self-signed: off }',
    });
    expect(findings.map(({ id, severity }) => [id, severity])).toEqual([['weak-rsa-key', 'low']]);
  });

  it('gives the first of a great many faults and their number', async () => {
    const { leaf } = await makePki();
    const strangers = await Promise.all(
      Array.from({ length: 50 }, (_, i) => makeRoot({ subject: `CN=stranger ${i}` })),
    );
    const { findings, presented } = judgeSetup({ chain: [leaf, ...strangers] });
    const extras = findings.filter(({ id }) => id === 'extra-chain-certificate');
    expect(presented).toHaveLength(51);
    expect(extras).toHaveLength(20);
    expect(extras.at(-1)?.message).toMatch(/; and 30 more like it$/);
  });
});

describe('the status', () => {
  it.each<[string, string, () => Promise<Setup>]>([
    ['Good', 'nothing is wrong', sound],
    [
      'Good',
      'what is wrong is of severity low or info',
      async () => {
        const { leaf, intermediate, root } = await makePki({ leaf: { dnsNames: ['*.a.example'] } });
        return { chain: [leaf, leaf, intermediate, root], roots: [root] };
      },
    ],
    ['Warning', 'a finding is of severity medium', async () => ({ chain: [await makeLeaf()] })],
    [
      'Good',
      'the policy turns that finding off',
      async () => ({ chain: [await makeLeaf()], policy: 'findings: { self-signed: off }' }),
    ],
    [
      'Warning',
      'the certificate is not valid yet',
      async () => ({ ...(await sound()), now: '2026-10-01T00:00:00Z' }),
    ],
    [
      'Expired',
      'the certificate has expired',
      async () => ({ ...(await sound()), now: '2027-02-01T00:00:00Z' }),
    ],
    [
      'Expired',
      'the policy turns the finding off, as it states a fact',
      async () => ({ ...(await sound()), now: '2027-02-01T00:00:00Z', policy: 'findings: { expired: off }' }),
    ],
    ['No certificate', 'none was presented', async () => ({ chain: [] })],
  ])('is %s when %s', async (status, _, setup) => {
    expect(judgeSetup(await setup()).status).toBe(status);
  });

  it('is No certificate when there was no handshake', () => {
    const judge = createJudge({ policy: DEFAULT_POLICY, trustStores: [], now: new Date(NOW) });
    const judgement = judge({
      ...observe([]),
      outcome: 'refused',
      failure: { stage: 'connect', code: 'ECONNREFUSED', detail: 'refused' },
      handshake: null,
    });
    expect(judgement).toEqual({
      presented: [],
      path: { status: 'none', trustStores: [], certificates: [], reason: null },
      findings: [],
      status: 'No certificate',
      grade: null,
      grades: null,
    });
  });
});

describe('endpoints', () => {
  const ids = (setup: Setup) => judgeSetup(setup).findings.map(({ id }) => id);

  it('are judged besides their chain, and raise the status', async () => {
    const judgement = judgeSetup({ ...(await sound()), handshake: { version: 'TLSv1' } });
    expect(judgement).toMatchObject({ status: 'Warning', findings: [{ id: 'tls10', subject: null }] });
  });

  it('are each judged for themselves, though their chain is the same', async () => {
    const { leaf, intermediate } = await makePki();
    const judge = createJudge({ policy: DEFAULT_POLICY, trustStores: [], now: new Date(NOW) });
    const found = (version: string) => {
      const observation = observe([leaf, intermediate]);
      const handshake = observation.handshake && { ...observation.handshake, version };
      return judge({ ...observation, handshake }).findings.map(({ id }) => id);
    };
    expect(found('TLSv1.2')).toEqual(['unknown-issuer']);
    expect(found('TLSv1')).toEqual(['tls10', 'unknown-issuer']);
    expect(found('TLSv1.2')).toEqual(['unknown-issuer']);
  });

  it('are judged without a certificate, too', () => {
    const judgement = judgeSetup({
      chain: [],
      handshake: { version: 'SSLv3', cipherSuite: 'TLS_DH_anon_WITH_RC4_128_MD5' },
    });
    expect(judgement.status).toBe('No certificate');
    expect(judgement.findings.map(({ id }) => id)).toEqual(['anonymous-cipher', 'sslv3', 'rc4-cipher']);
  });

  it('let the policy rate their findings', async () => {
    const policy = 'findings: { tls10: critical, triple-des-cipher: off }';
    const handshake = { version: 'TLSv1', cipherSuite: 'TLS_RSA_WITH_3DES_EDE_CBC_SHA' };
    const { findings } = judgeSetup({ ...(await sound()), handshake, policy });
    expect(findings.map(({ id, severity }) => [id, severity])).toEqual([['tls10', 'critical']]);
  });

  it('answer for every chain that they present, and once for what the chains share', async () => {
    const { leaf, intermediate, root } = await makePki({
      intermediate: { notAfter: new Date('2026-06-01Z') },
    });
    const weak = await makeLeaf({ issuer: intermediate, key: 'rsa-1024' });
    const judgement = judgeSetup({
      chain: [leaf, intermediate],
      roots: [root],
      observed: { otherChains: [[weak.der, intermediate.der]] },
    });
    expect(judgement.findings.map(({ id }) => id)).toEqual(['expired-chain-certificate', 'weak-rsa-key']);
    expect(judgement.presented).toHaveLength(2);
    expect(judgement.others?.map(({ keyType }) => keyType)).toEqual(['RSA', 'EC']);
  });

  it('have no fault where all is well', async () => {
    expect(ids({ ...(await sound()), observed: { posture: makePosture() } })).toEqual([]);
  });
});

describe('what cannot be read', () => {
  it("is said when it is the server's certificate", async () => {
    const { intermediate } = await makePki();
    const judgement = judgeSetup({ chain: [{ der: Uint8Array.of(0x30, 0x03, 0x02, 0x01) }, intermediate] });
    expect(judgement).toMatchObject({ presented: [], status: 'No certificate', findings: [] });
    expect(judgement.path).toMatchObject({
      status: 'none',
      reason: expect.stringMatching(/^the server's certificate cannot be read: /),
    });
  });

  it('does not hinder judging when it comes later', async () => {
    const { chain, ...rest } = await sound();
    const judgement = judgeSetup({ ...rest, chain: [...chain, { der: new Uint8Array() }] });
    expect(judgement).toMatchObject({ path: { status: 'trusted' }, status: 'Good' });
    expect(judgement.findings.map(({ id }) => id)).toEqual(['extra-chain-certificate']);
  });
});

describe('hostile bytes', () => {
  it('are judged without a throw, whatever was changed in them', async () => {
    const { leaf, intermediate, root } = await makePki();
    const judge = createJudge({
      policy: DEFAULT_POLICY,
      trustStores: [makeTrustStore('corp', [root.der])],
      now: new Date(NOW),
    });
    const change = fc.tuple(fc.nat(leaf.der.length - 1), fc.nat(255));
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), fc.boolean(), (changes, isLeaf) => {
        const der = new Uint8Array(isLeaf ? leaf.der : intermediate.der);
        for (const [at, value] of changes) der[at % der.length] = value;
        const chain = isLeaf ? [{ der }, intermediate] : [leaf, { der }];
        const judgement = judge(observe(chain, 'a.example'));
        for (const { message } of judgement.findings) expect(message.length).toBeLessThan(1_000);
      }),
      { numRuns: 500 },
    );
  });

  it('with dates that cannot be read are called invalid', async () => {
    const { leaf, intermediate, root } = await makePki();
    const der = Buffer.from(leaf.der);
    der.write('2713', der.indexOf('270121100000Z'));
    const { findings } = judgeSetup({ chain: [{ der }, intermediate], roots: [root] });
    expect(findings.map(({ message }) => message)).toContain(
      'CN=a.example has a validity period that cannot be read, so clients refuse it',
    );
  });
});

describe('one cause, one finding', () => {
  const ids = (setup: Setup) => judgeSetup(setup).findings.map(({ id }) => id);

  it('calls a self-signed certificate that and nothing else about trust', async () => {
    expect(ids({ chain: [await makeLeaf()] })).toEqual(['self-signed']);
  });

  it('calls an unsent private root an unknown issuer alone', async () => {
    const { leaf, intermediate } = await makePki();
    expect(ids({ chain: [leaf, intermediate] })).toEqual(['unknown-issuer']);
  });

  it('calls an unsent intermediate that alone', async () => {
    const { leaf, intermediate, root } = await makePki();
    expect(ids({ chain: [leaf], roots: [root], known: [intermediate] })).toEqual(['missing-intermediate']);
  });

  it('calls an expired intermediate that alone', async () => {
    const { leaf, intermediate, root } = await makePki({
      intermediate: { notAfter: new Date('2026-06-01Z') },
    });
    expect(ids({ chain: [leaf, intermediate], roots: [root] })).toEqual(['expired-chain-certificate']);
  });

  it('calls an expired certificate of a sound chain that alone', async () => {
    expect(ids({ ...(await sound()), now: '2027-02-01T00:00:00Z' })).toEqual(['expired']);
  });

  it('calls a chain that begins with its CA unordered and not a CA certificate in use', async () => {
    const { leaf, intermediate, root } = await makePki();
    const found = ids({ chain: [intermediate, leaf], roots: [root] });
    expect(found).toContain('unordered-chain');
    expect(found).not.toContain('ca-certificate-as-leaf');
    expect(found).not.toContain('extra-chain-certificate');
  });
});
