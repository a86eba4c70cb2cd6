import { beforeAll, describe, expect, it } from 'vitest';
import { type Authentication, discoveryHello } from '../../../src/probe/hello/discovery-hello.js';
import { type MadeCertificate, makeCertificate } from '../../fixtures/make-certificate.js';
import { expectChain, greet, makeChain, serve, serveOpenssl } from './greet-server.js';

let rsa: MadeCertificate[];
let ecdsa: MadeCertificate[];
let ed25519: MadeCertificate[];

beforeAll(async () => {
  [rsa, ecdsa, ed25519] = await Promise.all([
    makeChain('rsa-2048'),
    makeChain('ec-p256'),
    makeChain('ed25519'),
  ]);
});

describe('exchangeHello against node:tls', () => {
  const rows = [
    { name: 'TLS 1.0', chain: () => rsa, min: 'TLSv1', max: 'TLSv1', version: 'TLSv1', group: 'x25519' },
    {
      name: 'TLS 1.1',
      chain: () => ecdsa,
      min: 'TLSv1.1',
      max: 'TLSv1.1',
      version: 'TLSv1.1',
      group: 'x25519',
    },
    {
      name: 'TLS 1.2 with RSA',
      chain: () => rsa,
      min: 'TLSv1.2',
      max: 'TLSv1.2',
      version: 'TLSv1.2',
      group: 'x25519',
    },
    {
      name: 'TLS 1.2 with Ed25519',
      chain: () => ed25519,
      min: 'TLSv1.2',
      max: 'TLSv1.2',
      version: 'TLSv1.2',
      group: 'x25519',
    },
    {
      name: 'TLS 1.3 with RSA',
      chain: () => rsa,
      min: 'TLSv1.3',
      max: 'TLSv1.3',
      version: 'TLSv1.3',
      group: 'x25519',
    },
    {
      name: 'TLS 1.3 with ECDSA',
      chain: () => ecdsa,
      min: 'TLSv1',
      max: 'TLSv1.3',
      version: 'TLSv1.3',
      group: 'x25519',
    },
    {
      name: 'TLS 1.3 with Ed25519',
      chain: () => ed25519,
      min: 'TLSv1.3',
      max: 'TLSv1.3',
      version: 'TLSv1.3',
      group: 'x25519',
    },
    {
      name: 'P-256 alone',
      chain: () => ecdsa,
      min: 'TLSv1.3',
      max: 'TLSv1.3',
      version: 'TLSv1.3',
      curve: 'prime256v1',
      group: 'secp256r1',
    },
    {
      name: 'P-384 alone',
      chain: () => rsa,
      min: 'TLSv1.3',
      max: 'TLSv1.3',
      version: 'TLSv1.3',
      curve: 'secp384r1',
      group: 'secp384r1',
    },
    {
      name: 'P-521 alone',
      chain: () => rsa,
      min: 'TLSv1.3',
      max: 'TLSv1.3',
      version: 'TLSv1.3',
      curve: 'secp521r1',
      group: 'secp521r1',
    },
    {
      name: 'X448 alone',
      chain: () => rsa,
      min: 'TLSv1.3',
      max: 'TLSv1.3',
      version: 'TLSv1.3',
      curve: 'X448',
      group: 'x448',
    },
    {
      name: 'P-521 in TLS 1.2',
      chain: () => rsa,
      min: 'TLSv1.2',
      max: 'TLSv1.2',
      version: 'TLSv1.2',
      curve: 'secp521r1',
      group: 'secp521r1',
    },
  ] as const;

  it.each(rows)('reads the chain: $name', async ({ chain, min, max, version, group, ...row }) => {
    const port = await serve(chain(), {
      minVersion: min,
      maxVersion: max,
      ...('curve' in row ? { ecdhCurve: row.curve } : {}),
    });
    const { handshake, answer } = await greet(port);
    expect(handshake).toMatchObject({ version, group, compression: 'null', ocspResponse: null });
    expectChain(handshake, chain());
    expect(answer).toMatchObject({
      kind: 'server-hello',
      failure: null,
      supportsTls13: version === 'TLSv1.3',
      retried: 'curve' in row && version === 'TLSv1.3' && !['secp256r1', 'secp384r1'].includes(group),
    });
  });

  it('knows from a TLS 1.2 answer that the server could have spoken TLS 1.3', async () => {
    const { answer } = await greet(await serve(ecdsa, {}), discoveryHello('compact', null));
    expect(answer).toMatchObject({ version: 'TLSv1.2', supportsTls13: true });
  });

  it('reads a chain of a hundred certificates', async () => {
    const [leaf, intermediate] = ecdsa;
    if (!leaf || !intermediate) throw new Error('no chain');
    const chain = [leaf, ...Array.from({ length: 99 }, () => intermediate)];
    for (const maxVersion of ['TLSv1.2', 'TLSv1.3'] as const) {
      const { handshake } = await greet(await serve(chain, { maxVersion }));
      expectChain(handshake, chain);
    }
  });

  it('reads a certificate of ten thousand names', async () => {
    const dnsNames = Array.from({ length: 10_000 }, (_, index) => `host-${index}.department.example.org`);
    const chain = [await makeCertificate({ dnsNames })];
    for (const maxVersion of ['TLSv1.2', 'TLSv1.3'] as const) {
      const { handshake } = await greet(await serve(chain, { maxVersion }));
      expectChain(handshake, chain);
    }
  });

  it('sends the server name', async () => {
    const asked: string[] = [];
    const port = await serve(rsa, {
      SNICallback: (name, done) => {
        asked.push(name);
        done(null);
      },
    });
    await greet(port, discoveryHello('modern', 'shop.example'));
    await greet(port, discoveryHello('modern', null));
    expect(asked).toEqual(['shop.example']);
  });

  it('stops after ServerHello where no more is asked for', async () => {
    const { answer } = await greet(await serve(rsa, {}), discoveryHello('modern', null), 'server-hello');
    expect(answer).toMatchObject({ version: 'TLSv1.3', presentedChain: null, failure: null });
  });

  it('tells the group that a server asks for, without serving it', async () => {
    const port = await serve(rsa, { ecdhCurve: 'prime256v1' });
    const spec = { ...discoveryHello('modern', null), keyShares: [] };
    const { answer } = await greet(port, spec, 'server-hello');
    expect(answer).toEqual({
      kind: 'hello-retry-request',
      version: 'TLSv1.3',
      cipherSuite: answer.cipherSuite,
      group: 0x0017,
    });
  });
});

describe('exchangeHello against openssl s_server', () => {
  it('gets both certificates of a server that has two', async () => {
    for (const version of ['-tls1_2', '-tls1_3']) {
      const port = await serveOpenssl({ chain: rsa, second: ecdsa, args: [version] });
      const ask = (authentication: Authentication) =>
        greet(port, discoveryHello('modern', null, authentication));
      expectChain((await ask('rsa')).handshake, rsa);
      expectChain((await ask('ecdsa')).handshake, ecdsa);
    }
  });

  it.each(['-tls1_2', '-tls1_3'])('does not mind a demand for a client certificate (%s)', async (version) => {
    const port = await serveOpenssl({ chain: rsa, args: [version, '-Verify', '1'] });
    const { answer, handshake } = await greet(port, discoveryHello('modern', null), 'server-hello-done');
    expectChain(handshake, rsa);
    expect(answer).toMatchObject({ wantsClientCertificate: true, failure: null });
  });

  it.each(['-tls1_2', '-tls1_3'])('keeps the stapled OCSP response as sent (%s)', async (version) => {
    // The shortest OCSPResponse there is: tryLater (RFC 6960, section 4.2.1).
    const response = Buffer.from('30030a0103', 'hex');
    const port = await serveOpenssl({
      chain: rsa,
      args: [version, '-status_file', '@response.der'],
      files: { 'response.der': response },
    });
    const { handshake } = await greet(port);
    expect(Buffer.from(handshake.ocspResponse ?? [])).toEqual(response);
    expectChain(handshake, rsa);
  });

  it('gives a server its cookie back', async () => {
    const port = await serveOpenssl({ chain: rsa, args: ['-tls1_3', '-stateless'] });
    const { answer, handshake } = await greet(port);
    expect(answer).toMatchObject({ retried: true, failure: null });
    expectChain(handshake, rsa);
  });
});
