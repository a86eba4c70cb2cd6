import { describe, expect, it } from 'vitest';
import { judgeSetup, makeLeaf, makePki, type Setup } from './judge-setup.js';

/** A server whose certificate is a wildcard's and self-signed: a finding that warns, and one that informs. */
async function selfSigned(waiver: string, rest: Partial<Setup> = {}): Promise<Setup> {
  const leaf = await makeLeaf({ subject: 'CN=a.example', dnsNames: ['*.example'] });
  return { chain: [leaf], name: 'a.example', policy: `waivers:\n  - { ${waiver} }`, ...rest };
}

const BY = 'owner: Ada, reason: being replaced, until: 2026-12-31';

describe('waivers', () => {
  it('mark the finding and let it count for nothing', async () => {
    const { findings, status } = judgeSetup(
      await selfSigned(`finding: self-signed, host: "*.example", ${BY}`),
    );
    expect(findings.map(({ id, waived }) => [id, waived])).toEqual([
      ['self-signed', { owner: 'Ada', reason: 'being replaced', until: '2026-12-31T23:59:59.999Z' }],
      ['wildcard-certificate', undefined],
    ]);
    expect(status).toBe('Good');
  });

  it('do not better the grade, which is the same for everybody', async () => {
    const waived = judgeSetup(await selfSigned(`finding: self-signed, host: "*", ${BY}`));
    expect(waived.grade).toBe('T');
  });

  it.each([
    ['2026-12-31T23:59:59.999Z', true],
    ['2027-01-01T00:00:00.000Z', false],
  ])('hold to the end of their last day: at %s %s', async (now, isWaived) => {
    const setup = await selfSigned(`finding: self-signed, host: a.example, ${BY}`, { now });
    const finding = judgeSetup(setup).findings.find(({ id }) => id === 'self-signed');
    expect(finding?.waived !== undefined).toBe(isWaived);
  });

  it.each([
    ['another finding', 'finding: expired, host: a.example', false],
    ['another host', 'finding: self-signed, host: b.example', false],
    ['a block of addresses', 'finding: self-signed, host: 192.0.2.0/24', true],
    ['another issuer', 'finding: self-signed, issuer: "CN=b*"', false],
    ['the issuer', 'finding: self-signed, issuer: "cn=a.*"', true],
    ['another certificate', `finding: self-signed, fingerprint: "${'00'.repeat(32)}"`, false],
    ['host and another issuer', 'finding: self-signed, host: a.example, issuer: "CN=b*"', false],
  ])('look where they apply: %s', async (_, where, isWaived) => {
    const [finding] = judgeSetup(await selfSigned(`${where}, ${BY}`)).findings;
    expect(finding?.waived !== undefined).toBe(isWaived);
  });

  it('know certificates by fingerprint, with colons or without', async () => {
    const setup = await selfSigned('');
    const [leaf] = setup.chain;
    const hex = judgeSetup({ ...setup, policy: '' }).presented[0]?.fingerprintSha256 ?? '';
    const colons = hex.toUpperCase().match(/../g)?.join(':') ?? '';
    const policy = `waivers:\n  - { finding: self-signed, fingerprint: "${colons}", ${BY} }`;
    expect(judgeSetup({ ...setup, chain: leaf ? [leaf] : [], policy }).findings[0]?.waived?.owner).toBe(
      'Ada',
    );
  });

  it('reach faults of endpoints by the certificate that the server has', async () => {
    const { leaf, intermediate, root } = await makePki();
    const { findings, status } = judgeSetup({
      chain: [leaf, intermediate],
      roots: [root],
      handshake: { version: 'TLSv1' },
      policy: `waivers:\n  - { finding: tls10, issuer: "CN=Corp Issuing*", ${BY} }`,
    });
    expect(findings).toMatchObject([{ id: 'tls10', waived: { owner: 'Ada' } }]);
    expect(status).toBe('Good');
  });

  it('do not make an expired certificate good', async () => {
    const setup = await selfSigned(`finding: expired, host: "*", owner: Ada, reason: r, until: 2030-01-01`, {
      now: '2028-01-01T00:00:00Z',
    });
    const { findings, status } = judgeSetup(setup);
    expect(findings.find(({ id }) => id === 'expired')?.waived).toBeDefined();
    expect(status).toBe('Expired');
  });
});
