import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Handshake } from '../../../src/model/handshake.js';
import { type Authentication, discoveryHello } from '../../../src/probe/hello/discovery-hello.js';
import { type Extent, exchangeHello } from '../../../src/probe/hello/exchange-hello.js';
import {
  type HelloAnswer,
  type ServerHelloAnswer,
  toHandshake,
} from '../../../src/probe/hello/hello-answer.js';
import type { HelloSpec } from '../../../src/probe/hello/hello-spec.js';
import { type MadeCertificate, makeCertificate } from '../../fixtures/make-certificate.js';
import { type Listener, listenTls } from '../../servers/listener.js';
import { openConnection } from './open-connection.js';
import { type OpensslOptions, startOpenssl } from './openssl-server.js';

const LOOPBACK = { host: '127.0.0.1', port: 0 };

let rsa: MadeCertificate[];
let ecdsa: MadeCertificate[];
let ed25519: MadeCertificate[];
const running: Listener[] = [];

beforeAll(async () => {
  const root = await makeCertificate({ subject: 'CN=Root', ca: true });
  const intermediate = await makeCertificate({ subject: 'CN=Intermediate', ca: true, issuer: root });
  const chainFor = async (key: 'rsa-2048' | 'ec-p256' | 'ed25519') => [
    await makeCertificate({ dnsNames: [`${key}.example`], key, issuer: intermediate }),
    intermediate,
  ];
  [rsa, ecdsa, ed25519] = await Promise.all([chainFor('rsa-2048'), chainFor('ec-p256'), chainFor('ed25519')]);
});

afterAll(async () => {
  await Promise.all(running.map((server) => server.close()));
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
    const [fallback] = rsa;
    const [named] = ecdsa;
    if (!fallback || !named) throw new Error('no chain');
    const asked: string[] = [];
    const server = await listenTls(
      {
        cert: fallback.pem,
        key: fallback.privateKeyPem,
        SNICallback: (name, done) => {
          asked.push(name);
          done(null);
        },
      },
      LOOPBACK,
    );
    running.push(server);
    await greet(server.port, discoveryHello('modern', 'shop.example'));
    await greet(server.port, discoveryHello('modern', null));
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

  const suites = [
    {
      name: 'DHE',
      args: ['-tls1_2', '-cipher', 'DHE-RSA-AES128-SHA:@SECLEVEL=0'],
      suite: 'TLS_DHE_RSA_WITH_AES_128_CBC_SHA',
      group: /^(ffdhe\d+|dh-\d+)$/,
    },
    {
      name: 'static RSA',
      args: ['-tls1_2', '-cipher', 'AES256-SHA'],
      suite: 'TLS_RSA_WITH_AES_256_CBC_SHA',
      group: null,
    },
    {
      name: 'AES-256-GCM in TLS 1.3',
      args: ['-tls1_3', '-ciphersuites', 'TLS_AES_256_GCM_SHA384'],
      suite: 'TLS_AES_256_GCM_SHA384',
      group: /^x25519$/,
    },
    {
      name: 'ChaCha20 in TLS 1.3',
      args: ['-tls1_3', '-ciphersuites', 'TLS_CHACHA20_POLY1305_SHA256'],
      suite: 'TLS_CHACHA20_POLY1305_SHA256',
      group: /^x25519$/,
    },
    {
      name: 'AES-128-CCM in TLS 1.3',
      args: ['-tls1_3', '-ciphersuites', 'TLS_AES_128_CCM_SHA256'],
      suite: 'TLS_AES_128_CCM_SHA256',
      group: /^x25519$/,
    },
    {
      name: 'AES-128-CCM-8 in TLS 1.3',
      args: ['-tls1_3', '-ciphersuites', 'TLS_AES_128_CCM_8_SHA256', '-cipher', 'ALL:@SECLEVEL=0'],
      suite: 'TLS_AES_128_CCM_8_SHA256',
      group: /^x25519$/,
    },
    {
      name: 'the group ffdhe2048 in TLS 1.3',
      args: ['-tls1_3', '-groups', 'ffdhe2048'],
      suite: 'TLS_AES_128_GCM_SHA256',
      group: /^ffdhe2048$/,
    },
    {
      name: 'no encryption',
      args: ['-tls1_2', '-cipher', 'NULL-SHA:@SECLEVEL=0'],
      suite: 'TLS_RSA_WITH_NULL_SHA',
      group: null,
    },
  ];
  it.each(suites)('reads the chain: $name', async ({ args, suite, group }) => {
    const port = await serveOpenssl({ chain: rsa, args });
    const { handshake, answer } = await greet(port, discoveryHello('wide', null));
    expect(answer).toMatchObject({ failure: null });
    expect(handshake.cipherSuite).toBe(suite);
    if (group === null) expect(handshake.group).toBeNull();
    else expect(handshake.group).toMatch(group);
    expectChain(handshake, rsa);
  });

  it('gives a server its cookie back', async () => {
    const port = await serveOpenssl({ chain: rsa, args: ['-tls1_3', '-stateless'] });
    const { answer, handshake } = await greet(port);
    expect(answer).toMatchObject({ retried: true, failure: null });
    expectChain(handshake, rsa);
  });

  it('measures a Diffie-Hellman prime that has no name', async () => {
    const port = await serveOpenssl({
      chain: rsa,
      args: ['-tls1_2', '-cipher', 'DHE-RSA-AES128-SHA:@SECLEVEL=0', '-dhparam', '@dh.pem'],
      files: { 'dh.pem': Buffer.from(DH_1024) },
    });
    const { handshake, answer } = await greet(port);
    expect(handshake.group).toBe('dh-1024');
    expect((answer as ServerHelloAnswer).keyExchange?.parameters).toMatchObject({ kind: 'dh', bits: 1024 });
  });
});

/** Group 2 of RFC 2409, section 6.2, with generator 2. */
const DH_1024 = `-----BEGIN DH PARAMETERS-----
MIGHAoGBAP//////////yQ/aoiFowjTExmKLgNwc0SkCTgiKZ8x0Agu+pjsTmyJR
Sgh5jjQE3e+VGbPNOkMbMCsKbfJfFDdP4TVtbVHCReSFtXZiXn7G9ExC6aY37WsL
/1y29Aa37e44a/taiZ+lrp8kEXxLH+ZJKGZR7OZTgf//////////AgEC
-----END DH PARAMETERS-----
`;

async function serve(
  chain: readonly MadeCertificate[],
  options: Parameters<typeof listenTls>[0],
): Promise<number> {
  const server = await listenTls(
    { cert: chain.map(({ pem }) => pem).join(''), key: chain[0]?.privateKeyPem ?? '', ...options },
    LOOPBACK,
  );
  running.push(server);
  return server.port;
}

async function serveOpenssl(options: OpensslOptions): Promise<number> {
  const server = await startOpenssl(options);
  running.push(server);
  return server.port;
}

async function greet(
  port: number,
  spec: HelloSpec = discoveryHello('modern', null),
  extent?: Extent,
): Promise<{ answer: HelloAnswer; handshake: Handshake }> {
  const connection = await openConnection(port);
  try {
    const answer = await exchangeHello(connection, spec, extent);
    return { answer, handshake: toHandshake(answer) };
  } finally {
    connection.close();
  }
}

function expectChain({ presentedChain }: Handshake, chain: readonly MadeCertificate[]): void {
  expect(presentedChain.map((der) => Buffer.from(der).toString('base64'))).toEqual(
    chain.map(({ der }) => Buffer.from(der).toString('base64')),
  );
}
