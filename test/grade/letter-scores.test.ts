import { describe, expect, it } from 'vitest';
import { findLetterScores, letterOfScore } from '../../src/grade/letter-scores.js';
import { DEFAULT_POLICY } from '../../src/grade/policy.js';
import type { Posture } from '../../src/model/posture.js';
import { parseCertificate } from '../../src/x509/certificate.js';
import type { KeyKind } from '../fixtures/make-key.js';
import { makePosture, withSuites, withVersions } from '../fixtures/make-posture.js';
import { makeLeaf } from './judge-setup.js';

async function score(posture: Posture | null, key?: KeyKind) {
  const { der } = await makeLeaf(key === undefined ? {} : { key });
  return findLetterScores({
    protocol: 'tls',
    outcome: 'tls',
    failure: null,
    handshake: null,
    posture,
    leaf: parseCertificate(der),
    policy: DEFAULT_POLICY,
  });
}

describe('findLetterScores', () => {
  it('comes to the figures of the guide for an ordinary server', async () => {
    const posture = withSuites([
      'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256',
      'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384',
    ]);
    expect(await score(posture, 'rsa-2048')).toEqual({
      protocol: 100,
      keyExchange: 90,
      cipher: 90,
      total: 93,
    });
  });

  it('takes the mean of the best and the worst protocol', async () => {
    const scores = await score(withVersions({ SSLv3: true, TLSv1: true }));
    expect(scores?.protocol).toBe(90);
  });

  it('takes the weakest of key and groups', async () => {
    const key = { kind: 'dh', bits: 1024, name: null, safePrime: true, cipherSuite: 'x' } as const;
    expect((await score(makePosture({ ephemeralKeys: [key] })))?.keyExchange).toBe(80);
    const groups = [{ version: 'TLSv1.3', names: ['x25519', 'ffdhe2048'], complete: true }] as const;
    expect((await score(makePosture({ groups })))?.keyExchange).toBe(90);
    const old = [{ version: 'TLSv1.2', names: ['secp256r1', 'sect163k1'], complete: true }] as const;
    expect((await score(makePosture({ groups: old })))?.keyExchange).toBe(90);
  });

  it('finds nothing weak about post-quantum groups', async () => {
    const groups = [{ version: 'TLSv1.3', names: ['X25519MLKEM768', 'MLKEM512'], complete: true }] as const;
    expect((await score(makePosture({ groups })))?.keyExchange).toBe(100);
  });

  it('is 0 in all where it is 0 in one', async () => {
    const scores = await score(
      withSuites(['TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256', 'TLS_DH_anon_WITH_AES_128_GCM_SHA256']),
    );
    expect(scores).toMatchObject({ keyExchange: 0, total: 0 });
  });

  it('is not known where nobody asked, or nobody answered', async () => {
    expect(await score(null)).toBeNull();
    expect(await score(makePosture({ cipherSuites: [] }))).toBeNull();
  });
});

describe('letterOfScore', () => {
  it.each([
    [100, 'A'],
    [80, 'A'],
    [79.9, 'B'],
    [65, 'B'],
    [50, 'C'],
    [35, 'D'],
    [20, 'E'],
    [19.9, 'F'],
    [0, 'F'],
  ])('%s earns %s', (total, letter) => {
    expect(letterOfScore(total)).toBe(letter);
  });
});
