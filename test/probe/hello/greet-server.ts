import { afterAll, expect } from 'vitest';
import type { Handshake } from '../../../src/model/handshake.js';
import { discoveryHello } from '../../../src/probe/hello/discovery-hello.js';
import { type Extent, exchangeHello } from '../../../src/probe/hello/exchange-hello.js';
import { type HelloAnswer, toHandshake } from '../../../src/probe/hello/hello-answer.js';
import type { HelloSpec } from '../../../src/probe/hello/hello-spec.js';
import { type MadeCertificate, makeCertificate } from '../../fixtures/make-certificate.js';
import type { KeyKind } from '../../fixtures/make-key.js';
import { type Listener, listenTls } from '../../servers/listener.js';
import { openConnection } from './open-connection.js';
import { type OpensslOptions, startOpenssl } from './openssl-server.js';

const running: Listener[] = [];

afterAll(async () => {
  await Promise.all(running.map((server) => server.close()));
});

/** A leaf with a key of this kind, and its issuer, which a root that is not in the chain has issued. */
export async function makeChain(key: KeyKind): Promise<MadeCertificate[]> {
  const root = await makeCertificate({ subject: 'CN=Root', ca: true });
  const issuer = await makeCertificate({ subject: 'CN=Intermediate', ca: true, issuer: root });
  return [await makeCertificate({ dnsNames: [`${key}.example`], key, issuer }), issuer];
}

/** Serves a chain with node:tls until the tests of the file are over; gives the port. */
export async function serve(
  chain: readonly MadeCertificate[],
  options: Parameters<typeof listenTls>[0],
): Promise<number> {
  const server = await listenTls(
    { cert: chain.map(({ pem }) => pem).join(''), key: chain[0]?.privateKeyPem ?? '', ...options },
    { host: '127.0.0.1', port: 0 },
  );
  running.push(server);
  return server.port;
}

/** Serves with openssl until the tests of the file are over; gives the port. */
export async function serveOpenssl(options: OpensslOptions): Promise<number> {
  const server = await startOpenssl(options);
  running.push(server);
  return server.port;
}

/** Sends one hello to a port of loopback. */
export async function greet(
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

/** Expects the presented chain to be this one, byte for byte. */
export function expectChain({ presentedChain }: Handshake, chain: readonly MadeCertificate[]): void {
  expect(presentedChain.map((der) => Buffer.from(der).toString('base64'))).toEqual(
    chain.map(({ der }) => Buffer.from(der).toString('base64')),
  );
}
