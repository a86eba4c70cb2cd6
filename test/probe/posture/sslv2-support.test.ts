import { describe, expect, it } from 'vitest';
import { sslv2ServerHello } from '../hello/sslv2-server-hello.js';
import { askPosture, offeredVersions, suitesOf } from './ask-posture.js';
import { AES128_SHA, speaking, TLS10, useScriptedTls } from './scripted-tls.js';

const serve = useScriptedTls();

describe('findSslv2Support', () => {
  it('finds SSLv2 with its cipher kinds', async () => {
    const talk = speaking([TLS10], [AES128_SHA]);
    const { port } = await serve((hello) =>
      hello === null ? sslv2ServerHello(Buffer.from('der'), [0x010080, 0x0700c0]) : talk(hello),
    );
    const { posture } = await askPosture(port);
    expect(offeredVersions(posture)).toEqual(['SSLv2', 'TLSv1']);
    expect(suitesOf(posture, 'SSLv2')).toEqual([
      'SSL_CK_RC4_128_WITH_MD5',
      'SSL_CK_DES_192_EDE3_CBC_WITH_MD5',
    ]);
  });
});
