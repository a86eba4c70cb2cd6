import { afterEach, describe, expect, it } from 'vitest';
import { Budget } from '../../src/probe/budget.js';
import { Connection } from '../../src/probe/connection.js';
import { connectThroughProxy } from '../../src/probe/proxy.js';
import { makeCertificate } from '../fixtures/make-certificate.js';
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
