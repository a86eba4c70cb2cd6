import type { Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { Budget } from '../../src/probe/budget.js';
import { Connection } from '../../src/probe/connection.js';
import { type ProbeOptions, probeEndpoint } from '../../src/probe/probe-endpoint.js';
import { connectThroughProxy } from '../../src/probe/proxy.js';
import { makeCertificate } from '../fixtures/make-certificate.js';
import { startConnectProxy } from '../servers/connect-proxy.js';
import { type Listener, listenTcp, listenTls } from '../servers/listener.js';
import { client, type Script, type ScriptedServer, server, startScripted } from '../servers/scripted.js';
import { shakeHands } from './shake-hands.js';

const REQUEST = client('CONNECT [2001:db8::1]:443 HTTP/1.1\r\nHost: [2001:db8::1]:443\r\n\r\n');

let proxy: ScriptedServer | undefined;
let connection: Connection | undefined;

async function connect(script: Script): Promise<Connection> {
  proxy = await startScripted(script);
  const budget = new Budget({ connectTimeoutMs: 5000, timeoutMs: 8000 });
  connection = await Connection.open({ address: '127.0.0.1', port: proxy.port, budget });
  await connectThroughProxy(connection, { host: '2001:db8::1', port: 443 });
  return connection;
}

describe('connectThroughProxy', () => {
  afterEach(async () => {
    connection?.close();
    await proxy?.close();
  });

  it.each(['whole', 'bytewise'] as const)('leads to the destination, replies sent %s', async (pace) => {
    const certificate = await makeCertificate({ dnsNames: ['a.example'] });
    const tunnel = await connect({
      steps: [REQUEST, server('HTTP/1.0 200 Connection established\r\nVia: x\r\n\r\n')],
      pace,
      ending: { certificate, carrier: 'tcp' },
    });
    expect(await shakeHands(tunnel)).toBe(Buffer.from(certificate.der).toString('hex'));
  });

  it('leaves what a destination says first in the stream', async () => {
    const steps = [REQUEST, server('HTTP/1.1 200 OK\r\n\r\n220 mail.example ESMTP\r\n')];
    const tunnel = await connect({ steps, ending: 'silence' });
    expect(tunnel.buffered.toString()).toBe('220 mail.example ESMTP\r\n');
  });

  it.each([
    ['wants to know who asks', 'HTTP/1.1 407 Who are you\r\n\r\n', 'proxy-407', '407 Who are you'],
    ['cannot reach it', 'HTTP/1.1 502 Bad Gateway\r\n\r\n', 'proxy-502', '502 Bad Gateway'],
    ['is no proxy', 'SSH-2.0-OpenSSH_9.2\r\n', 'proxy-protocol', 'an SSH server'],
  ])('says that the destination is out of reach when the proxy %s', async (_, answer, code, words) => {
    await expect(connect({ steps: [server(answer)], ending: 'silence' })).rejects.toMatchObject({
      outcome: 'unreachable',
      stage: 'connect',
      code,
      message: expect.stringContaining(words),
    });
  });

  it('gives up on an answer without end', async () => {
    const script: Script = {
      steps: [server('HTTP/1.1 200 OK\r\n')],
      ending: { forever: Buffer.from('X: y\r\n') },
    };
    await expect(connect(script)).rejects.toMatchObject({ outcome: 'unreachable', code: 'proxy-protocol' });
  });
});

describe('a probe through a proxy', () => {
  const LOCAL = { host: '127.0.0.1', port: 0 };
  const OPTIONS: ProbeOptions = {
    limits: { connectTimeoutMs: 2000, timeoutMs: 4000 },
    handshake: 'hello',
  };
  let listeners: Listener[] = [];

  afterEach(async () => {
    await Promise.all(listeners.map((listener) => listener.close()));
    listeners = [];
  });

  async function listening<Kind extends Listener>(starting: Promise<Kind>): Promise<Kind> {
    const listener = await starting;
    listeners.push(listener);
    return listener;
  }

  function probe(proxyPort: number, port: number, protocol = 'tls') {
    const endpoint = { host: '127.0.0.1', address: '127.0.0.1', port, protocol, serverName: null };
    return probeEndpoint(endpoint, { ...OPTIONS, proxy: { address: '127.0.0.1', port: proxyPort } });
  }

  it('makes every connection through it, also those for the protocol that was found', async () => {
    const tunnels = await listening(startConnectProxy());
    const { port } = await listening(
      listenTcp((socket) => {
        socket.write('220 mail.example ESMTP\r\n');
        socket.on('data', () => socket.write('250 no more than that\r\n'));
      }, LOCAL),
    );
    expect(await probe(tunnels.port, port)).toMatchObject({
      outcome: 'starttls-refused',
      protocol: 'smtp',
      greeting: '220 mail.example ESMTP',
    });
    expect(tunnels.asked).toEqual([`127.0.0.1:${port}`, `127.0.0.1:${port}`]);
  });

  it.each(['hello', 'full'] as const)('gets the chain in a %s handshake', async (handshake) => {
    const { pem, privateKeyPem, der } = await makeCertificate({ dnsNames: ['a.example'] });
    const tunnels = await listening(startConnectProxy());
    const { port } = await listening(listenTls({ cert: pem, key: privateKeyPem }, LOCAL));
    const endpoint = { host: 'a.example', address: '127.0.0.1', port, protocol: 'tls', serverName: null };
    const result = await probeEndpoint(endpoint, {
      ...OPTIONS,
      handshake,
      proxy: { address: '127.0.0.1', port: tunnels.port },
    });
    expect(result.handshake?.presentedChain).toEqual([new Uint8Array(der)]);
  });

  it('says nothing of how long the connect took, for that was the proxy', async () => {
    const tunnels = await listening(startConnectProxy());
    const { port } = await listening(listenTcp((socket) => socket.end(), LOCAL));
    const endpoint = { host: '127.0.0.1', address: '127.0.0.1', port, protocol: 'tls', serverName: null };
    const proxy = { address: '127.0.0.1', port: tunnels.port };
    const told: string[] = [];
    await probeEndpoint(endpoint, { ...OPTIONS, proxy, connected: (address) => told.push(address) });
    expect(tunnels.asked).not.toEqual([]);
    expect(told).toEqual([]);
  });

  it('tells an endpoint that the proxy cannot reach', async () => {
    const tunnels = await listening(startConnectProxy());
    const closed = await listenTcp(() => undefined, LOCAL);
    await closed.close();
    expect(await probe(tunnels.port, closed.port)).toMatchObject({
      outcome: 'unreachable',
      failure: { stage: 'connect', code: 'proxy-502' },
    });
  });

  it.each([
    ['is not there', 'proxy-refused', null],
    ['hangs up', 'proxy-closed', (socket: Socket) => socket.once('data', () => socket.end())],
  ])('says of a proxy that %s that it is the proxy', async (_, code, behave) => {
    const faulty = await listenTcp(behave ?? (() => undefined), LOCAL);
    if (behave === null) await faulty.close();
    else listeners.push(faulty);
    const result = await probe(faulty.port, 443);
    expect(result).toMatchObject({ outcome: 'unreachable', failure: { stage: 'connect', code } });
    expect(result.failure?.detail).toContain(`the proxy 127.0.0.1:${faulty.port} fails`);
  });

  it('waits no longer than the deadline for a proxy that waits itself', async () => {
    const silent = await listening(listenTcp((socket) => socket.resume(), LOCAL));
    const limits = { connectTimeoutMs: 300, timeoutMs: 300 };
    const endpoint = { host: 'a', address: '192.0.2.1', port: 443, protocol: 'tls', serverName: null };
    const proxy = { address: '127.0.0.1', port: silent.port };
    expect(await probeEndpoint(endpoint, { ...OPTIONS, limits, proxy })).toMatchObject({
      outcome: 'connect-timeout',
      failure: { stage: 'connect' },
    });
  });
});
