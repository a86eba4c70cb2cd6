import { describe, expect, it } from 'vitest';
import { askPosture, offeredVersions, suitesOf } from './ask-posture.js';
import {
  AES128_SHA,
  AES256_SHA,
  type Answer,
  type ClientHello,
  chooses,
  HANDSHAKE_FAILURE,
  PROTOCOL_VERSION,
  speaking,
  TLS10,
  TLS12,
  useScriptedTls,
} from './scripted-tls.js';

const serve = useScriptedTls();

describe('listSuites', () => {
  it.each<[string, (hello: ClientHello) => Answer | null]>([
    ['resets on', () => HANDSHAKE_FAILURE],
    ['hangs up on', () => 'close'],
  ])('asks a server that %s more than 128 suites in parts', async (_, answer) => {
    const suites = [0xc02f, AES128_SHA, AES256_SHA, 0x008c];
    const talk = speaking([TLS12], suites);
    const { port } = await serve((hello) =>
      hello !== null && hello.cipherSuites.length > 128 ? (answer(hello) ?? 'close') : talk(hello),
    );
    const { posture } = await askPosture(port);
    expect(offeredVersions(posture)).toEqual(['TLSv1.2']);
    expect(suitesOf(posture, 'TLSv1.2')?.slice().sort()).toEqual([
      'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256',
      'TLS_PSK_WITH_AES_128_CBC_SHA',
      'TLS_RSA_WITH_AES_128_CBC_SHA',
      'TLS_RSA_WITH_AES_256_CBC_SHA',
    ]);
    expect(posture.cipherSuites[0]).toMatchObject({ order: 'server', complete: true });
  });

  it('asks a server that minds extensions without them', async () => {
    const talk = speaking([TLS10], [AES128_SHA, AES256_SHA]);
    const { port } = await serve((hello) =>
      hello === null || hello.extensions.size > 0 ? 'close' : talk(hello),
    );
    const { posture } = await askPosture(port, { knownVersion: 'TLSv1' });
    expect(offeredVersions(posture)).toEqual(['TLSv1']);
    expect(suitesOf(posture, 'TLSv1')).toEqual([
      'TLS_RSA_WITH_AES_128_CBC_SHA',
      'TLS_RSA_WITH_AES_256_CBC_SHA',
    ]);
    expect(posture).toMatchObject({ complete: true, compression: false, alpn: null });
  });

  it('stops where the server chooses what was not offered', async () => {
    const { port } = await serve((hello) =>
      hello?.version === TLS12 ? chooses({ version: TLS12, cipherSuite: AES128_SHA }) : PROTOCOL_VERSION,
    );
    const { posture } = await askPosture(port);
    expect(posture.cipherSuites).toMatchObject([
      { version: 'TLSv1.2', names: ['TLS_RSA_WITH_AES_128_CBC_SHA'], complete: false },
    ]);
    expect(posture.unknown['TLSv1.2 cipherSuites']).toMatch(/which was not offered$/);
  });

  it('ends with a server that accepts whatever it is offered', async () => {
    const { port } = await serve((hello) =>
      hello === null
        ? 'close'
        : chooses({ version: Math.min(hello.version, TLS12), cipherSuite: hello.cipherSuites[0] ?? 0 }),
    );
    const { posture } = await askPosture(port);
    expect(posture.connections).toBeLessThanOrEqual(500);
    expect(posture.complete).toBe(false);
    expect(posture.reason).toMatch(/not asked within 500 connections/);
  });
});
