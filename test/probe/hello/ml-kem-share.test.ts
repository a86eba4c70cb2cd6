import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { discoveryHello } from '../../../src/probe/hello/discovery-hello.js';
import { exchangeHello } from '../../../src/probe/hello/exchange-hello.js';
import { toHandshake } from '../../../src/probe/hello/hello-answer.js';
import { mlKemShare } from '../../../src/probe/hello/ml-kem-share.js';
import { MemoryStream } from '../memory-stream.js';

// What an OpenSSL 3.5 server that takes nothing but the one group replied to the hello below.
const REPLIES: Readonly<Record<string, { readonly replyBase64: string; readonly leafSha256: string }>> =
  JSON.parse(readFileSync(new URL('./post-quantum-replies.json', import.meta.url), 'utf8'));

const GROUPS: Readonly<Record<string, number>> = {
  X25519MLKEM768: 0x11ec,
  SecP256r1MLKEM768: 0x11eb,
  SecP384r1MLKEM1024: 0x11ed,
};

describe('mlKemShare', () => {
  it.each(Object.entries(REPLIES))(
    'reads the certificate behind %s',
    async (name, { replyBase64, leafSha256 }) => {
      const stream = new MemoryStream([Buffer.from(replyBase64, 'base64')]);
      const answer = await exchangeHello(stream, {
        ...discoveryHello('modern', null),
        cipherSuites: [0x1301],
        groups: [GROUPS[name] ?? 0],
        keyShares: [],
        signatureSchemes: [0x0403],
        random: Buffer.from(Array.from({ length: 64 }, (_, index) => index)),
      });
      expect(answer).toMatchObject({ kind: 'server-hello', retried: true, failure: null });
      const { group, presentedChain } = toHandshake(answer);
      expect(group).toBe(name);
      expect(presentedChain.map((der) => createHash('sha256').update(der).digest('hex'))).toEqual([
        leafSha256,
      ]);
    },
  );

  it.each([
    { size: 512, client: 800, server: 768 },
    { size: 768, client: 1184, server: 1088 },
    { size: 1024, client: 1568, server: 1568 },
  ] as const)('has the sizes of ML-KEM-$size (FIPS 203, table 3)', ({ size, client, server }) => {
    expect(mlKemShare(size).client.length).toBe(client);
    expect(mlKemShare(size).serverBytes).toBe(server);
  });
});
