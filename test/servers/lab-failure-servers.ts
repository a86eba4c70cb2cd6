import { createServer as createHttpServer } from 'node:http';
import { connect } from 'node:net';
import { makeCertificate } from '../fixtures/make-certificate.js';
import type { LabAuthority } from './lab-authority.js';
import type { Expectation, LabServerSpec } from './lab-server.js';
import { type ListenAddress, type Listener, listen, listenTcp, listenTls } from './listener.js';

/** Enough for a ServerHello and the first bytes of what follows it. */
const HALF_A_HANDSHAKE_BYTES = 200;

/** Record (RFC 8446, section 5.1) with the fatal alert unrecognized_name (RFC 6066, section 3). */
const UNRECOGNIZED_NAME = Buffer.from([0x15, 0x03, 0x03, 0x00, 0x02, 0x02, 0x70]);

/** The servers that no certificate can be had from, one for each way to fail. */
export function makeFailureServers(authority: LabAuthority): LabServerSpec[] {
  return [
    {
      name: 'plain-http',
      description: 'HTTP without TLS',
      serverName: null,
      expect: noCertificate('not-tls'),
      start: (address) =>
        listen(
          createHttpServer((_request, response) => response.end('hello\n')),
          address,
        ),
    },
    {
      name: 'ssh',
      description: 'greets as an SSH server does',
      serverName: null,
      expect: noCertificate('not-tls'),
      start: (address) =>
        listenTcp((socket) => {
          socket.resume();
          socket.write('SSH-2.0-OpenSSH_9.9\r\n');
        }, address),
    },
    {
      name: 'silent',
      description: 'accepts and says nothing, ever',
      serverName: null,
      expect: noCertificate('handshake-timeout'),
      start: (address) => listenTcp((socket) => socket.resume(), address),
    },
    {
      name: 'refusing',
      description: 'nobody listens',
      serverName: null,
      expect: noCertificate('refused'),
      start: occupyWithoutListening,
    },
    {
      name: 'closing',
      description: 'accepts and hangs up at once',
      serverName: null,
      expect: noCertificate('closed'),
      start: (address) =>
        listenTcp((socket) => {
          socket.resume();
          socket.end();
        }, address),
    },
    {
      name: 'resetting',
      description: 'resets the connection when it is spoken to',
      serverName: null,
      expect: noCertificate('reset'),
      start: (address) => listenTcp((socket) => socket.once('data', () => socket.resetAndDestroy()), address),
    },
    {
      name: 'alert',
      description: 'knows no server by that name and says so in TLS',
      serverName: 'nobody.lab.example',
      expect: noCertificate('alert'),
      start: (address) =>
        listenTcp((socket) => socket.once('data', () => socket.end(UNRECOGNIZED_NAME)), address),
    },
    {
      name: 'half-handshake',
      description: 'begins a handshake and falls silent in the middle',
      serverName: 'half-handshake.lab.example',
      expect: noCertificate('handshake-timeout'),
      start: (address) => listenHalfway(authority, address),
    },
  ];
}

function noCertificate(outcome: Expectation['outcome']): Expectation {
  return { outcome, status: 'No certificate', path: 'none', findings: [] };
}

/**
 * Takes a port without listening on it, so that connections to it are refused for certain: it is the near end of a
 * connection to a listener elsewhere, and the system gives it to nobody else.
 */
async function occupyWithoutListening({ host, port }: ListenAddress): Promise<Listener> {
  const far = await listenTcp((socket) => socket.resume(), { host, port: 0 });
  const near = connect({ host, port: far.port, localAddress: host, localPort: port });
  await new Promise<void>((resolve, reject) => {
    near.once('connect', () => resolve());
    near.once('error', reject);
  });
  near.on('error', () => near.destroy());
  return {
    port: near.localPort ?? port,
    close: async () => {
      // A reset leaves no port in TIME_WAIT, so that the lab can be started again at once.
      near.resetAndDestroy();
      await far.close();
    },
  };
}

/** Stands before a real TLS server and stops passing on its answer part of the way through. */
async function listenHalfway({ intermediate }: LabAuthority, address: ListenAddress): Promise<Listener> {
  const leaf = await makeCertificate({ dnsNames: ['half-handshake.lab.example'], issuer: intermediate });
  const chain = { cert: leaf.pem + intermediate.pem, key: leaf.privateKeyPem };
  const behind = await listenTls(chain, { host: address.host, port: 0 });
  const front = await listenTcp((client) => {
    const server = connect(behind.port, address.host);
    let left = HALF_A_HANDSHAKE_BYTES;
    server.on('data', (bytes) => {
      if (left > 0) client.write(bytes.subarray(0, left));
      left -= bytes.length;
    });
    server.on('error', () => server.destroy());
    client.on('data', (bytes) => server.write(bytes));
    client.on('close', () => server.destroy());
  }, address);
  return {
    port: front.port,
    close: async () => {
      await front.close();
      await behind.close();
    },
  };
}
