import { once } from 'node:events';
import { type AddressInfo, connect as connectTcp, createServer, type Socket } from 'node:net';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OUTCOMES } from '../../src/model/outcome.js';
import { type Lab, type LabServer, startLab } from './lab.js';

let lab: Lab;
beforeAll(async () => {
  lab = await startLab({ firstPort: 0 });
});
afterAll(() => lab.close());

/** What OpenSSL makes of each server that presents a certificate: an oracle that is not ours. */
const OPENSSL_VERDICTS: readonly [server: string, verdict: string, version?: string][] = [
  ['good', 'authorized'],
  ['good-rsa', 'authorized'],
  ['good-tls13', 'authorized'],
  ['good-address', 'authorized'],
  ['client-certificate', 'authorized'],
  ['old-tls', 'authorized', 'TLSv1'],
  ['wildcard', 'authorized'],
  ['expired', 'CERT_HAS_EXPIRED'],
  ['not-yet-valid', 'CERT_NOT_YET_VALID'],
  ['expiring', 'authorized'],
  ['wrong-host', 'ERR_TLS_CERT_ALTNAME_INVALID'],
  ['missing-san', 'authorized'],
  ['missing-server-auth', 'INVALID_PURPOSE'],
  ['weak-rsa-key', 'authorized'],
  ['weak-ec-key', 'authorized', 'TLSv1.2'],
  ['md5-signature', 'authorized'],
  ['sha1-signature', 'authorized'],
  ['self-signed', 'DEPTH_ZERO_SELF_SIGNED_CERT'],
  ['untrusted-root', 'SELF_SIGNED_CERT_IN_CHAIN'],
  ['unknown-issuer', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'],
  ['missing-intermediate', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'],
  ['expired-intermediate', 'CERT_HAS_EXPIRED'],
  ['root-in-chain', 'authorized'],
  ['duplicate-in-chain', 'authorized'],
];

describe('the lab, as OpenSSL sees it', () => {
  it.each(OPENSSL_VERDICTS)('%s: %s', async (name, verdict, version = 'TLSv1.3') => {
    const socket = await handshake(server(name));
    expect(socket.authorized ? 'authorized' : String(socket.authorizationError)).toContain(verdict);
    expect(socket.getProtocol()).toBe(version);
    socket.destroy();
  });

  it('has a verdict for every server that presents a certificate over implicit TLS', () => {
    const presenting = lab.servers.filter(
      ({ expect, protocol }) => expect.outcome === 'tls' && protocol === 'tls',
    );
    expect(presenting.map(({ name }) => name)).toEqual(OPENSSL_VERDICTS.map(([name]) => name));
  });

  it('gives every certificate a key of its own', async () => {
    const keys: string[] = [];
    for (const [name] of OPENSSL_VERDICTS) {
      const socket = await handshake(server(name));
      keys.push(
        socket.getPeerX509Certificate()?.publicKey.export({ format: 'pem', type: 'spki' }).toString() ?? name,
      );
      socket.destroy();
    }
    expect(new Set(keys).size).toBe(keys.length);
  });
});

describe('the lab, as plain TCP sees it', () => {
  it.each([
    ['plain-http', /^HTTP\/1\.1 400 /],
    ['ssh', /^SSH-2\.0-/],
    ['closing', /^$/],
    ['alert', /^.{6}p$/s],
    ['smtp-starttls', /^220 /],
  ])('%s answers and hangs up or goes on', async (name, expected) => {
    const socket = await open(server(name));
    socket.write('\x16\x03\x01 not quite a hello\r\n\r\n');
    const answer = await firstBytes(socket);
    expect(answer.toString('latin1')).toMatch(expected);
    socket.destroy();
  });

  it('refusing refuses', async () => {
    await expect(open(server('refusing'))).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  it('resetting resets once it is spoken to', async () => {
    const socket = await open(server('resetting'));
    socket.write('hello');
    await expect(once(socket, 'end')).rejects.toMatchObject({ code: 'ECONNRESET' });
  });

  it('half-handshake sends so much and no more, and stays', async () => {
    const socket = await open(server('half-handshake'));
    socket.write(await captureClientHello());
    while (socket.bytesRead < 200) await once(socket, 'data');
    expect(socket.bytesRead).toBe(200);
    expect(socket.readableEnded).toBe(false);
    socket.destroy();
  });

  it.each([
    ['smtp-starttls', true],
    ['smtp-plain', false],
  ])('%s offers STARTTLS: %s', async (name, offered) => {
    const socket = await open(server(name));
    await firstBytes(socket);
    socket.write('EHLO client.example\r\n');
    const offers = (await firstBytes(socket)).toString();
    expect(offers.includes('STARTTLS')).toBe(offered);
    socket.write('STARTTLS\r\n');
    expect((await firstBytes(socket)).toString()).toMatch(offered ? /^220 / : /^502 /);
    if (offered) {
      const secure = connectTls({ socket, ca: lab.trustAnchorsPem, servername: 'mail.lab.example' });
      await once(secure, 'secureConnect');
      expect(secure.authorized).toBe(true);
    }
    socket.destroy();
  });
});

describe('the lab itself', () => {
  it('names each server once, and says what is expected in sorted lists', () => {
    const names = lab.servers.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const { expect: expected } of lab.servers) {
      expect(expected.findings).toEqual([...expected.findings].sort());
      expect(OUTCOMES).toContain(expected.outcome);
      expect(expected.path === 'none').toBe(expected.status === 'No certificate');
    }
  });

  it('leaves no port open when it was closed', async () => {
    const brief = await startLab({ firstPort: 0 });
    await brief.close();
    for (const closed of brief.servers) {
      await expect(open(closed), closed.name).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    }
  });
});

function server(name: string): LabServer {
  const found = lab.servers.find((candidate) => candidate.name === name);
  if (found === undefined) throw new Error(`the lab has no server ${name}`);
  return found;
}

async function open({ port }: LabServer): Promise<Socket> {
  const socket = connectTcp(port, '127.0.0.1');
  await once(socket, 'connect');
  return socket;
}

async function handshake({ port, serverName }: LabServer): Promise<TLSSocket> {
  const socket = connectTls({
    host: '127.0.0.1',
    port,
    ca: lab.trustAnchorsPem,
    ...(serverName !== null && { servername: serverName }),
    ciphers: 'ALL:@SECLEVEL=0',
    ecdhCurve: 'P-256:P-384:P-521:secp224r1',
    minVersion: 'TLSv1',
    rejectUnauthorized: false,
  });
  await once(socket, 'secureConnect');
  // A server that misses our certificate may say so afterwards.
  socket.on('error', () => socket.destroy());
  return socket;
}

/** What OpenSSL says first to a server that it knows nothing of. */
async function captureClientHello(): Promise<Buffer> {
  const receiver = createServer().listen(0, '127.0.0.1');
  await once(receiver, 'listening');
  const client = connectTls({ port: (receiver.address() as AddressInfo).port, host: '127.0.0.1' });
  client.on('error', () => client.destroy());
  const [socket] = (await once(receiver, 'connection')) as [Socket];
  const hello = await firstBytes(socket);
  client.destroy();
  receiver.close();
  return hello;
}

/** The first piece that arrives; empty when the peer hangs up without a word. */
async function firstBytes(socket: Socket): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    socket.once('data', resolve);
    socket.once('end', () => resolve(Buffer.alloc(0)));
    socket.once('error', reject);
  });
}
