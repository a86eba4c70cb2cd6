import { describe, expect, it } from 'vitest';
import { askPosture, offeredVersions, suitesOf } from './ask-posture.js';
import {
  AES128_SHA,
  EXPORT_RC4,
  RC4_MD5,
  SSLV3,
  speaking,
  TLS10,
  TLS12,
  useScriptedTls,
} from './scripted-tls.js';

const serve = useScriptedTls();

describe('askVersion', () => {
  it('finds SSLv3 with its suites, and nothing newer', async () => {
    const { port } = await serve(speaking([SSLV3], [RC4_MD5, EXPORT_RC4, AES128_SHA]));
    const { posture } = await askPosture(port);
    expect(offeredVersions(posture)).toEqual(['SSLv3']);
    expect(posture).toMatchObject({ complete: true, secureRenegotiation: false, extendedMasterSecret: null });
    expect(suitesOf(posture, 'SSLv3')).toEqual([
      'TLS_RSA_WITH_RC4_128_MD5',
      'TLS_RSA_EXPORT_WITH_RC4_40_MD5',
      'TLS_RSA_WITH_AES_128_CBC_SHA',
    ]);
  });

  it('takes an answer in another version for a no', async () => {
    const { port } = await serve(speaking([SSLV3, TLS10], [AES128_SHA]));
    const { posture } = await askPosture(port);
    expect(posture.versions).toEqual({
      SSLv2: false,
      SSLv3: true,
      TLSv1: true,
      'TLSv1.1': false,
      'TLSv1.2': false,
      'TLSv1.3': false,
    });
  });

  it('does not take silence for a no', async () => {
    const talk = speaking([TLS12], [AES128_SHA]);
    const { port } = await serve((hello) => (hello?.version === TLS10 ? 'hang' : talk(hello)));
    const { posture } = await askPosture(port, { timeoutMs: 300 });
    expect(posture.versions).toMatchObject({ TLSv1: null, 'TLSv1.1': false, 'TLSv1.2': true });
    expect(posture.complete).toBe(false);
    expect(posture.reason).toMatch(/^TLSv1: no complete answer within 300 ms$/);
    expect(posture.unknown).toHaveProperty('TLSv1');
  });

  it('takes hanging up for a no where the server goes on answering others', async () => {
    const talk = speaking([TLS12], [AES128_SHA]);
    const { port } = await serve((hello) =>
      hello === null || hello.version !== TLS12 ? 'close' : talk(hello),
    );
    const { posture } = await askPosture(port);
    expect(offeredVersions(posture)).toEqual(['TLSv1.2']);
    expect(Object.values(posture.versions)).not.toContain(null);
  });
});
