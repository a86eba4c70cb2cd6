import { once } from 'node:events';
import net, { type AddressInfo } from 'node:net';
import tls from 'node:tls';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Endpoint } from '../../src/model/endpoint.js';
import type { ProbeResult } from '../../src/model/observation.js';
import type { ProbeOptions } from '../../src/probe/probe-endpoint.js';
import { probeEndpoint } from '../../src/probe/probe-endpoint.js';
import { type MadeCertificate, makeCertificate } from '../fixtures/make-certificate.js';

const OPTIONS: ProbeOptions = { limits: { connectTimeoutMs: 2000, timeoutMs: 5000 }, handshake: 'full' };

/** A port that nobody listens on: bound and given back at once. */
async function closedPort(): Promise<number> {
  const server = net.createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

function endpointAt(port: number, more: Partial<Endpoint> = {}): Endpoint {
  return { host: '127.0.0.1', address: '127.0.0.1', port, protocol: 'tls', serverName: null, ...more };
}

/** What the test at hand has opened. */
const open = new Set<net.Server | net.Socket>();

afterEach(() => {
  for (const each of open) {
    if (each instanceof net.Socket) each.destroy();
    else each.close();
  }
  open.clear();
});

async function probeServer(
  server: net.Server,
  more: Partial<Endpoint> = {},
  options: ProbeOptions = OPTIONS,
): Promise<ProbeResult> {
  open.add(server);
  server.on('connection', (socket) => {
    open.add(socket);
    socket.on('error', () => socket.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return probeEndpoint(endpointAt((server.address() as AddressInfo).port, more), options);
}

let root: MadeCertificate;
let leaf: MadeCertificate;
let rsaLeaf: MadeCertificate;
let stranger: MadeCertificate;

beforeAll(async () => {
  root = await makeCertificate({ subject: 'CN=root', ca: true });
  leaf = await makeCertificate({ dnsNames: ['a.example'], issuer: root });
  rsaLeaf = await makeCertificate({ dnsNames: ['a.example'], issuer: root, key: 'rsa-2048' });
  stranger = await makeCertificate({ subject: 'CN=stranger' });
});

function tlsServer(certificate: MadeCertificate, more: tls.TlsOptions = {}): tls.Server {
  return tls.createServer({ cert: certificate.pem, key: certificate.privateKeyPem, ...more });
}

describe('a TLS server', () => {
  const rows: readonly {
    readonly name: string;
    readonly key?: 'rsa-2048';
    readonly options: tls.TlsOptions;
    readonly handshake: Partial<NonNullable<ProbeResult['handshake']>>;
  }[] = [
    {
      name: 'of TLS 1.3',
      options: { ciphers: 'TLS_AES_128_GCM_SHA256' },
      handshake: { version: 'TLSv1.3', cipherSuite: 'TLS_AES_128_GCM_SHA256', group: 'x25519' },
    },
    {
      name: 'of TLS 1.3 with AES-256',
      options: { ciphers: 'TLS_AES_256_GCM_SHA384' },
      handshake: { version: 'TLSv1.3', cipherSuite: 'TLS_AES_256_GCM_SHA384' },
    },
    {
      name: 'of TLS 1.3 with ChaCha20',
      options: { ciphers: 'TLS_CHACHA20_POLY1305_SHA256' },
      handshake: { version: 'TLSv1.3', cipherSuite: 'TLS_CHACHA20_POLY1305_SHA256' },
    },
    {
      name: 'that asks for another key share first (HelloRetryRequest)',
      options: { ecdhCurve: 'P-384' },
      handshake: { version: 'TLSv1.3', group: 'secp384r1' },
    },
    {
      name: 'of TLS 1.2 with an elliptic curve',
      options: { maxVersion: 'TLSv1.2', ecdhCurve: 'prime256v1' },
      handshake: { version: 'TLSv1.2', group: 'secp256r1' },
    },
    {
      name: 'of TLS 1.2 without forward secrecy',
      key: 'rsa-2048',
      options: { maxVersion: 'TLSv1.2', ciphers: 'AES128-SHA' },
      handshake: { version: 'TLSv1.2', cipherSuite: 'TLS_RSA_WITH_AES_128_CBC_SHA', group: null },
    },
    {
      name: 'of TLS 1.2 without encryption',
      key: 'rsa-2048',
      options: { maxVersion: 'TLSv1.2', ciphers: 'NULL-SHA256:@SECLEVEL=0' },
      handshake: { cipherSuite: 'TLS_RSA_WITH_NULL_SHA256' },
    },
    {
      name: 'of TLS 1.1',
      options: { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'ALL:@SECLEVEL=0' },
      handshake: { version: 'TLSv1.1' },
    },
    {
      name: 'of TLS 1.0 with Diffie-Hellman over a prime',
      key: 'rsa-2048',
      options: {
        minVersion: 'TLSv1',
        maxVersion: 'TLSv1',
        ciphers: 'DHE-RSA-AES128-SHA:@SECLEVEL=0',
        dhparam: 'auto',
      },
      handshake: { version: 'TLSv1', group: 'dh-2048' },
    },
  ];

  test.each(rows)('$name', async ({ key, options, handshake }) => {
    const certificate = key === 'rsa-2048' ? rsaLeaf : leaf;
    const result = await probeServer(tlsServer(certificate, options));
    expect(result).toMatchObject({ outcome: 'tls', failure: null });
    expect(result.handshake).toMatchObject({ compression: 'null', ocspResponse: null, ...handshake });
    expect(result.handshake?.presentedChain).toEqual([new Uint8Array(certificate.der)]);
  });

  test.each(['TLSv1.2', 'TLSv1.3'] as const)(
    'of %s: strangers, duplicates and disorder are told as sent',
    async (version) => {
      const sent = [leaf, stranger, root, stranger, leaf];
      const server = tlsServer(leaf, { cert: sent.map(({ pem }) => pem).join(''), maxVersion: version });
      const result = await probeServer(server);
      expect(result.handshake?.version).toBe(version);
      expect(result.handshake?.presentedChain).toEqual(sent.map(({ der }) => new Uint8Array(der)));
    },
  );

  test.each(['TLSv1.2', 'TLSv1.3'] as const)(
    'of %s that staples an OCSP response: it is kept',
    async (version) => {
      const response = Buffer.from('30030a0106', 'hex');
      const server = tlsServer(leaf, { maxVersion: version });
      server.on('OCSPRequest', (_certificate, _issuer, done) => done(null, response));
      const result = await probeServer(server);
      expect(result.handshake?.ocspResponse).toEqual(new Uint8Array(response));
    },
  );

  test.each(['TLSv1.2', 'TLSv1.3'] as const)(
    'of %s that demands a client certificate has shown its own',
    async (version) => {
      const server = tlsServer(leaf, { maxVersion: version, requestCert: true, rejectUnauthorized: true });
      const result = await probeServer(server);
      expect(result).toMatchObject({ outcome: 'tls', failure: null });
      expect(result.handshake?.presentedChain).toHaveLength(1);
    },
  );

  test.each([
    { name: 'a.example', sent: 'a.example' },
    { name: null, sent: false },
  ])('is told the server name $name', async ({ name, sent }) => {
    const server = tlsServer(leaf);
    const accepted = once(server, 'secureConnection');
    await probeServer(server, { serverName: name });
    const [socket] = (await accepted) as [tls.TLSSocket & { readonly servername: string | false }];
    expect(socket.servername).toBe(sent);
  });

  test('that knows no such name answers with an alert', async () => {
    const server = tlsServer(leaf, { SNICallback: (_name, done) => done(new Error('no such name')) });
    const result = await probeServer(server, { serverName: 'b.example' });
    expect(result.outcome).toMatch(/alert|closed|reset/);
  });

  test('that has nothing in common with us answers with an alert', async () => {
    const server = tlsServer(leaf, { maxVersion: 'TLSv1.2', ciphers: 'ECDHE-RSA-AES128-GCM-SHA256' });
    expect(await probeServer(server)).toEqual({
      outcome: 'alert',
      failure: {
        stage: 'handshake',
        code: 'handshake_failure',
        detail: expect.stringContaining('handshake_failure'),
      },
      handshake: null,
    });
  });
});

describe.each(['hello', 'full'] as const)('behind STARTTLS, in a %s handshake', (handshake) => {
  /** An SMTP server that upgrades after this go-ahead. */
  function smtpServer(goAhead: string): net.Server {
    return net.createServer((socket) => {
      socket.write('220 mail.example ESMTP\r\n');
      socket.on('data', function answer(data: Buffer) {
        if (data.toString().startsWith('EHLO')) return socket.write('250-mail.example\r\n250 STARTTLS\r\n');
        socket.off('data', answer);
        socket.write(goAhead);
        const upgraded = new tls.TLSSocket(socket, {
          isServer: true,
          cert: leaf.pem,
          key: leaf.privateKeyPem,
        });
        return upgraded.on('error', () => upgraded.destroy());
      });
    });
  }

  test.each([
    { name: 'the chain is told', goAhead: '220 go ahead\r\n' },
    { name: 'plain text behind the go-ahead is no part of TLS', goAhead: '220 go ahead\r\n250 injected\r\n' },
  ])('$name', async ({ goAhead }) => {
    const result = await probeServer(smtpServer(goAhead), { protocol: 'smtp' }, { ...OPTIONS, handshake });
    expect(result).toMatchObject({ outcome: 'tls', failure: null });
    expect(result.handshake?.presentedChain).toEqual([new Uint8Array(leaf.der)]);
  });

  test('a refusal is told in the words of the server', async () => {
    const server = net.createServer((socket) => socket.write('554 no service\r\n'));
    const result = await probeServer(server, { protocol: 'smtp' }, { ...OPTIONS, handshake });
    expect(result).toMatchObject({ outcome: 'starttls-refused', failure: { stage: 'starttls' } });
    expect(result.failure?.detail).toContain('554 no service');
  });

  test('a protocol that nobody speaks is our own mistake', async () => {
    const result = await probeServer(net.createServer(), { protocol: 'gopher' }, { ...OPTIONS, handshake });
    expect(result).toMatchObject({ outcome: 'internal' });
    expect(result.failure?.detail).toContain('gopher');
  });
});

describe.each(['hello', 'full'] as const)(
  'certificates that nobody should use, in a %s handshake',
  (handshake) => {
    test.each([
      { name: 'RSA with 512 bits', spec: { key: 'rsa-512' } },
      { name: 'RSA with 1024 bits, signed with MD5', spec: { key: 'rsa-1024', signatureHash: 'md5' } },
      { name: 'signed with SHA-1', spec: { key: 'ec-p256', signatureHash: 'sha1' } },
      { name: 'long expired', spec: { notBefore: new Date(0), notAfter: new Date(1000) } },
    ] as const)('are told: $name', async ({ spec }) => {
      const certificate = await makeCertificate({ subject: 'CN=weak', ...spec });
      const server = tlsServer(certificate, {
        minVersion: 'TLSv1',
        maxVersion: 'TLSv1.2',
        ciphers: 'ALL:@SECLEVEL=0',
      });
      server.on('tlsClientError', (_error, socket) => socket.destroy());
      const result = await probeServer(server, {}, { ...OPTIONS, handshake });
      expect(result).toMatchObject({ outcome: 'tls', failure: null });
      expect(result.handshake?.presentedChain).toEqual([new Uint8Array(certificate.der)]);
    });
  },
);

describe('in a hello handshake', () => {
  const options: ProbeOptions = { ...OPTIONS, handshake: 'hello' };

  test.each(['TLSv1.2', 'TLSv1.3'] as const)(
    'of %s: strangers, duplicates and disorder are told as sent',
    async (version) => {
      const sent = [leaf, stranger, root, stranger, leaf];
      const server = tlsServer(leaf, { cert: sent.map(({ pem }) => pem).join(''), maxVersion: version });
      server.on('tlsClientError', (_error, socket) => socket.destroy());
      const { handshake } = await probeServer(server, {}, options);
      expect(handshake?.version).toBe(version);
      expect(handshake?.presentedChain).toEqual(sent.map(({ der }) => new Uint8Array(der)));
    },
  );

  test('all hellos together keep one deadline', async () => {
    const limits = { connectTimeoutMs: 300, timeoutMs: 300 };
    const start = performance.now();
    const result = await probeServer(net.createServer(), {}, { ...options, limits });
    expect(result.outcome).toBe('handshake-timeout');
    expect(performance.now() - start).toBeLessThan(2000);
  });
});

describe('with the posture asked for', () => {
  const options: ProbeOptions = { ...OPTIONS, handshake: 'hello', depth: 'posture' };

  test('tells the posture after the handshake, and the chains that other clients get', async () => {
    const both = [leaf, rsaLeaf].map(({ pem }) => pem);
    const server = tls.createServer({
      cert: both,
      key: [leaf, rsaLeaf].map(({ privateKeyPem }) => privateKeyPem),
      maxVersion: 'TLSv1.2',
    });
    const result = await probeServer(server, {}, options);
    expect(result.outcome).toBe('tls');
    expect(result.posture).toMatchObject({ complete: true, versions: { 'TLSv1.2': true, 'TLSv1.3': false } });
    const ders = (chains: readonly (readonly Uint8Array[])[] = []) =>
      chains.map((chain) => chain.map((der) => Buffer.from(der).toString('hex')));
    const own = ders([result.handshake?.presentedChain ?? []]);
    expect([...own, ...ders(result.otherChains)].sort()).toEqual(
      [leaf, rsaLeaf].map(({ der }) => [Buffer.from(der).toString('hex')]).sort(),
    );
  });

  test('speaks STARTTLS on each connection', async () => {
    const secureContext = tls.createSecureContext({ cert: leaf.pem, key: leaf.privateKeyPem });
    const server = net.createServer((socket) => {
      socket.write('220 mail.example ESMTP\r\n');
      socket.on('data', function answer(chunk) {
        const words = chunk.toString('latin1');
        if (words.startsWith('EHLO')) socket.write('250-mail.example\r\n250 STARTTLS\r\n');
        else if (words.startsWith('STARTTLS')) {
          socket.off('data', answer);
          socket.write('220 go ahead\r\n');
          const secure = new tls.TLSSocket(socket, { isServer: true, secureContext });
          secure.on('error', () => secure.destroy());
          secure.resume();
        }
      });
    });
    const result = await probeServer(server, { protocol: 'smtp' }, options);
    expect(result).toMatchObject({
      outcome: 'tls',
      posture: { complete: true, versions: { TLSv1: false, 'TLSv1.2': true, 'TLSv1.3': true } },
    });
  });

  test('asks nobody who does not shake hands', async () => {
    let connections = 0;
    const server = net.createServer((socket) => {
      connections += 1;
      socket.end('HTTP/1.1 400 Bad Request\r\n\r\n');
    });
    const result = await probeServer(server, {}, options);
    expect(result.outcome).toBe('not-tls');
    expect(result).not.toHaveProperty('posture');
    expect(connections).toBeLessThanOrEqual(4);
  });

  test('is cancelled whole when the scan stops meanwhile', async () => {
    const stopper = new AbortController();
    let connections = 0;
    const server = tlsServer(leaf);
    server.on('connection', () => {
      connections += 1;
      if (connections === 5) stopper.abort();
    });
    const result = await probeServer(server, {}, { ...options, signal: stopper.signal });
    expect(result).toMatchObject({ outcome: 'cancelled', handshake: null });
  });
});

describe('what is no TLS server', () => {
  test('is refused at a closed port', async () => {
    expect(await probeEndpoint(endpointAt(await closedPort()), OPTIONS)).toMatchObject({
      outcome: 'refused',
      failure: { stage: 'connect', code: 'ECONNREFUSED' },
      handshake: null,
    });
  });

  test('is unresolved without an address', async () => {
    const endpoint = endpointAt(443, { host: 'nowhere.invalid', address: null });
    expect(await probeEndpoint(endpoint, OPTIONS)).toMatchObject({
      outcome: 'unresolved',
      failure: { stage: 'resolve', detail: expect.stringContaining('nowhere.invalid') },
    });
  });

  test('is told by its words', async () => {
    const result = await probeServer(
      net.createServer((socket) => socket.write('HTTP/1.1 400 Bad Request\r\n\r\n')),
    );
    expect(result).toMatchObject({ outcome: 'not-tls', failure: { stage: 'handshake' }, handshake: null });
    expect(result.failure?.detail).toContain('HTTP/1.1 400 Bad Request');
  });

  test('is told by its silence', async () => {
    const options = { ...OPTIONS, limits: { connectTimeoutMs: 100, timeoutMs: 100 } };
    expect(await probeServer(net.createServer(), {}, options)).toMatchObject({
      outcome: 'handshake-timeout',
      failure: { stage: 'handshake', code: 'timeout' },
    });
  });
});

describe('stopping', () => {
  test('before the start opens no connection', async () => {
    const signal = AbortSignal.abort();
    expect(await probeEndpoint(endpointAt(await closedPort()), { ...OPTIONS, signal })).toMatchObject({
      outcome: 'cancelled',
    });
  });

  test('in the middle ends the probe at once', async () => {
    const controller = new AbortController();
    const server = net.createServer((socket) => socket.once('data', () => controller.abort()));
    expect(await probeServer(server, {}, { ...OPTIONS, signal: controller.signal })).toMatchObject({
      outcome: 'cancelled',
      failure: { stage: 'handshake' },
    });
  });
});

describe('our own mistakes', () => {
  test('are results, with the stack', async () => {
    const result = await probeEndpoint(endpointAt(443, { address: 'not an address' }), OPTIONS);
    expect(result).toMatchObject({ outcome: 'internal', failure: { code: 'internal' } });
    expect(result.failure?.detail).toContain('connection.');
  });
});

describe('the time that an address takes to answer', () => {
  test('is told of a closed port too', async () => {
    const port = await closedPort();
    const told: string[] = [];
    // A moment in which this process is late is not told of.
    for (let turn = 0; turn < 20 && told.length === 0; turn += 1) {
      await probeEndpoint(endpointAt(port), { ...OPTIONS, connected: (address) => told.push(address) });
    }
    expect(told).toEqual(['127.0.0.1']);
  });
});
