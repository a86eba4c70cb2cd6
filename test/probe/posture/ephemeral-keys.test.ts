import { createDiffieHellman } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { askPosture, offeredVersions } from './ask-posture.js';
import {
  DHE_AES128_SHA,
  dhKeyExchange,
  EXPORT_RC4,
  rsaKeyExchange,
  speaking,
  TLS10,
  useScriptedTls,
} from './scripted-tls.js';

const serve = useScriptedTls();

describe('describeEphemeralKeys', () => {
  it('notes the size of export keys, and of Diffie-Hellman over primes that nobody knows', async () => {
    const prime = createDiffieHellman(512).getPrime();
    const composite = Buffer.from(prime);
    composite[composite.length - 2] = (composite.at(-2) ?? 0) ^ 0x01;
    const { port } = await serve(
      speaking([TLS10], [EXPORT_RC4, DHE_AES128_SHA, 0x0039], (_, suite) => ({
        messages:
          suite === EXPORT_RC4
            ? [rsaKeyExchange(64)]
            : [dhKeyExchange(Buffer.concat([Buffer.of(0), suite === DHE_AES128_SHA ? prime : composite]))],
      })),
    );
    const { posture } = await askPosture(port);
    expect(posture.ephemeralKeys).toHaveLength(3);
    expect(posture.ephemeralKeys).toEqual(
      expect.arrayContaining([
        {
          kind: 'rsa-export',
          bits: 512,
          name: null,
          safePrime: null,
          cipherSuite: 'TLS_RSA_EXPORT_WITH_RC4_40_MD5',
        },
        {
          kind: 'dh',
          bits: 512,
          name: null,
          safePrime: true,
          cipherSuite: 'TLS_DHE_RSA_WITH_AES_128_CBC_SHA',
        },
        {
          kind: 'dh',
          bits: 512,
          name: null,
          safePrime: false,
          cipherSuite: 'TLS_DHE_RSA_WITH_AES_256_CBC_SHA',
        },
      ]),
    );
  });

  it('takes no harm from keys of any form', async () => {
    const odd = [Buffer.alloc(0), Buffer.alloc(300), Buffer.of(1), Buffer.of(2), Buffer.alloc(9000, 0xff)];
    let turn = 0;
    const { port } = await serve(
      speaking([TLS10], [DHE_AES128_SHA, 0x0039, 0x0032, 0x0038, 0x0016], () => {
        turn += 1;
        return { messages: [dhKeyExchange(odd[turn % odd.length] ?? Buffer.alloc(0))] };
      }),
    );
    const { posture } = await askPosture(port);
    expect(offeredVersions(posture)).toEqual(['TLSv1']);
    for (const { safePrime } of posture.ephemeralKeys) expect(safePrime).not.toBe(true);
  });
});
