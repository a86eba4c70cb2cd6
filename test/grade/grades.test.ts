import { describe, expect, it } from 'vitest';
import { makePosture, withVersions } from '../fixtures/make-posture.js';
import { judgeSetup, makeLeaf, makePki, type Setup } from './judge-setup.js';

async function trusted(rest: Partial<Setup> = {}): Promise<Setup> {
  const { leaf, intermediate, root } = await makePki();
  return { chain: [leaf, intermediate], roots: [root], name: 'a.example', ...rest };
}

describe('grades', () => {
  it('name their rules and their version', async () => {
    expect(judgeSetup(await trusted()).grades?.ruleSet).toBe('certsweep 1 (SSL Labs 2009r)');
  });

  it('are those of the certificate alone where the configuration is not known', async () => {
    expect(judgeSetup(await trusted())).toMatchObject({
      grade: 'A',
      grades: { certificate: 'A', configuration: null, complete: false, scores: null, reasons: [] },
    });
  });

  it('take from one handshake what it proves', async () => {
    const judgement = judgeSetup(await trusted({ handshake: { version: 'TLSv1' } }));
    expect(judgement).toMatchObject({
      grade: 'B',
      grades: { certificate: 'A', configuration: 'B', complete: false, scores: null },
    });
  });

  it('keep certificate and configuration apart, and are the worse of both', async () => {
    const posture = withVersions({ SSLv2: true, TLSv1: true });
    const judgement = judgeSetup({ chain: [await makeLeaf()], observed: { posture } });
    expect(judgement.grade).toBe('T');
    expect(judgement.grades).toMatchObject({ certificate: 'T', configuration: 'F', complete: true });
    expect(judgement.grades?.reasons.map(({ part, rule, cap }) => `${cap} ${part} ${rule}`)).toEqual([
      'T certificate self-signed',
      'F configuration sslv2',
      'B configuration tls10',
      'B configuration score',
    ]);
  });

  it('are A for all that is known to be sound', async () => {
    expect(judgeSetup(await trusted({ observed: { posture: makePosture() } }))).toMatchObject({
      grade: 'A',
      grades: { certificate: 'A', configuration: 'A', complete: true, scores: { total: 92 } },
    });
  });

  it('say when the posture has gaps', async () => {
    const posture = makePosture({ complete: false, reason: 'ended early' });
    expect(judgeSetup(await trusted({ observed: { posture } })).grades).toMatchObject({
      configuration: 'A',
      complete: false,
    });
  });

  it('look at every chain that a server has, and tell a reason once', async () => {
    const [first, other] = [await makeLeaf({ key: 'ec-p256' }), await makeLeaf({ key: 'ec-p384' })];
    const both = judgeSetup({ chain: [first], observed: { otherChains: [[other.der]] } });
    expect(both.grades?.reasons).toHaveLength(1);
    const sound = await trusted({ observed: { otherChains: [[other.der]] } });
    expect(judgeSetup(sound)).toMatchObject({ grade: 'T', status: 'Warning' });
  });

  it('are none without a certificate, though the configuration may have its letter', () => {
    expect(judgeSetup({ chain: [], handshake: null }).grades).toBeNull();
    expect(judgeSetup({ chain: [], handshake: { version: 'SSLv2', cipherSuite: null } })).toMatchObject({
      grade: null,
      grades: { certificate: null, configuration: 'F' },
    });
  });
});
