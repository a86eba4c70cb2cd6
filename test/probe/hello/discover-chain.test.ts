import type { Socket } from 'node:net';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Budget, MAX_ENDPOINT_BYTES } from '../../../src/probe/budget.js';
import {
  type DiscoveredHandshake,
  discoverChain,
  MAX_CONNECTIONS_PER_ENDPOINT,
} from '../../../src/probe/hello/discover-chain.js';
import type { Authentication } from '../../../src/probe/hello/discovery-hello.js';
import { HandshakeFailure } from '../../../src/probe/hello/handshake-failure.js';
import { type MadeCertificate, makeCertificate } from '../../fixtures/make-certificate.js';
import { type Listener, listenTcp, listenTls } from '../../servers/listener.js';
import { openConnection } from './open-connection.js';
import { startOpenssl } from './openssl-server.js';
import { sslv2ServerHello } from './sslv2-server-hello.js';
import {
  alertRecord,
  certificateMessage,
  handshakeMessage,
  record,
  SERVER_HELLO_DONE,
  serverHello,
} from './write-records.js';

const LOOPBACK = { host: '127.0.0.1', port: 0 };
const DER = Buffer.from('certificate');
const RESET = 'reset';
const SILENCE = 'silence';

/** What a scripted server says to its nth client; Buffers are followed by the end. */
type Reply = Buffer | typeof RESET | typeof SILENCE;

let running: Listener[] = [];
let chain: MadeCertificate[];

beforeAll(async () => {
  const issuer = await makeCertificate({ subject: 'CN=Root', ca: true });
  chain = [await makeCertificate({ dnsNames: ['a.example'], issuer })];
});

afterEach(async () => {
  await Promise.all(running.map((server) => server.close()));
  running = [];
});

describe('discoverChain', () => {
  it('needs one connection for a server of today', async () => {
    for (const versions of [{ maxVersion: 'TLSv1.2' }, { minVersion: 'TLSv1.3' }, {}] as const) {
      const [leaf] = chain;
      const server = await listenTls(
        { cert: leaf?.pem ?? '', key: leaf?.privateKeyPem ?? '', ...versions },
        LOOPBACK,
      );
      running.push(server);
      const { handshake, connections } = await discover(server.port);
      expect(handshake.presentedChain.map((der) => Buffer.from(der))).toEqual(
        chain.map(({ der }) => Buffer.from(der)),
      );
      expect(connections).toBe(1);
    }
  });

  it('offers more where that was not enough', async () => {
    const server = await startOpenssl({
      chain: [await makeCertificate({ dnsNames: ['dsa.example'], key: 'dsa-1024' })],
      args: ['-tls1_2', '-cipher', 'ALL:@SECLEVEL=0'],
    });
    running.push(server);
    const { handshake } = await discover(server.port);
    expect(handshake.cipherSuite).toMatch(/_DSS_/);
  });

  const sslv3 = flight(serverHello(0x0300, 0x0005), certificateMessage(DER), SERVER_HELLO_DONE);
  const rescued: readonly { name: string; replies: readonly Reply[]; version: string }[] = [
    { name: 'an SSLv3 server answers at once', replies: [sslv3], version: 'SSLv3' },
    { name: 'one that hangs up on TLS 1.3', replies: [RESET, tls12()], version: 'TLSv1.2' },
    {
      name: 'one that dislikes extensions',
      replies: [alertRecord(2, 50), alertRecord(2, 50), tls10()],
      version: 'TLSv1',
    },
    {
      name: 'one that knows nothing after SSLv3',
      replies: [alertRecord(2, 70), alertRecord(2, 70), sslv3],
      version: 'SSLv3',
    },
    { name: 'one that closes without a word', replies: [Buffer.alloc(0), tls12()], version: 'TLSv1.2' },
    {
      name: 'one that garbles TLS 1.3',
      replies: [flight(serverHello(0x0303, 0x1301, [[0x2b, Buffer.from([3, 4])]])), tls12()],
      version: 'TLSv1.2',
    },
    {
      name: 'an SSLv2 server that closes on TLS',
      replies: [Buffer.alloc(0), RESET, RESET, sslv2ServerHello(DER, [0x010080])],
      version: 'SSLv2',
    },
    {
      name: 'an SSLv2 server that says so',
      replies: [Buffer.from('8003000001', 'hex'), sslv2ServerHello(DER, [0x010080])],
      version: 'SSLv2',
    },
  ];
  it.each(rescued)('gets the certificate of $name', async ({ replies, version }) => {
    const { port } = await script(replies);
    const { handshake, connections } = await discover(port);
    expect(handshake.version).toBe(version);
    expect(handshake.presentedChain.map((der) => Buffer.from(der))).toEqual([DER]);
    expect(connections).toBe(replies.length);
  });

  const lost: readonly {
    name: string;
    replies: readonly Reply[];
    outcome: string;
    code: string;
    connections: number;
  }[] = [
    {
      name: 'does not know the name',
      replies: [alertRecord(2, 112)],
      outcome: 'alert',
      code: 'unrecognized_name',
      connections: 1,
    },
    {
      name: 'speaks HTTP',
      replies: [Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n')],
      outcome: 'not-tls',
      code: 'not-tls',
      connections: 1,
    },
    {
      name: 'refuses every hello',
      replies: [alertRecord(2, 40)],
      outcome: 'alert',
      code: 'handshake_failure',
      connections: 4,
    },
    {
      name: 'hangs up on every hello',
      replies: [RESET],
      outcome: 'reset',
      code: 'ECONNRESET',
      connections: 4,
    },
    {
      name: 'closes on every hello',
      replies: [Buffer.alloc(0)],
      outcome: 'closed',
      code: 'closed',
      connections: 4,
    },
    {
      name: 'has no certificate',
      replies: [flight(serverHello(0x0303, 0xc02f), certificateMessage(), SERVER_HELLO_DONE)],
      outcome: 'malformed',
      code: 'no-certificate',
      connections: 1,
    },
    {
      name: 'sends a chain without end',
      replies: [flight(serverHello(0x0303, 0xc02f), Buffer.from([11, 0xff, 0xff, 0xff]))],
      outcome: 'too-large',
      code: 'too-large',
      connections: 1,
    },
    {
      name: 'sends more than a probe takes in',
      replies: [
        Buffer.concat(Array.from({ length: MAX_ENDPOINT_BYTES / 5 + 1 }, () => record(22, Buffer.alloc(0)))),
      ],
      outcome: 'too-large',
      code: 'too-large',
      connections: 1,
    },
    {
      name: 'chooses a version that there is not',
      replies: [flight(serverHello(0x0399, 0xc02f))],
      outcome: 'malformed',
      code: 'malformed',
      connections: 4,
    },
  ];
  it.each(lost)(
    'tells truthfully of a server that $name',
    async ({ replies, outcome, code, connections }) => {
      const { port } = await script(replies);
      const result = await discover(port).catch((failure: unknown) => failure);
      expect(result).toBeInstanceOf(HandshakeFailure);
      expect(result).toMatchObject({ outcome, code, stage: 'handshake' });
      expect(counted).toBe(connections);
      expect(counted).toBeLessThanOrEqual(MAX_CONNECTIONS_PER_ENDPOINT);
    },
  );

  it('does not wait past the deadline, nor try again after it', async () => {
    const { port } = await script([SILENCE]);
    const budget = new Budget({ connectTimeoutMs: 1000, timeoutMs: 100 });
    await expect(discover(port, { budget })).rejects.toMatchObject({ outcome: 'handshake-timeout' });
    expect(counted).toBe(1);
  });

  it('keeps what was learned before a failure', async () => {
    const { port } = await script([Buffer.concat([flight(serverHello(0x0303, 0xc02f)), alertRecord(2, 80)])]);
    await expect(discover(port)).rejects.toMatchObject({
      code: 'internal_error',
      handshake: {
        version: 'TLSv1.2',
        cipherSuite: 'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256',
        presentedChain: [],
      },
    });
  });

  it('is content with a chain when what follows is broken', async () => {
    const { port } = await script([
      flight(serverHello(0x0303, 0xc02f), certificateMessage(DER), handshakeMessage(12, Buffer.from([9]))),
    ]);
    const { handshake } = await discover(port);
    expect(handshake).toMatchObject({ group: null, presentedChain: [new Uint8Array(DER)] });
  });

  it('asks once only for a certificate of one kind', async () => {
    const { port } = await script([alertRecord(2, 40)]);
    await expect(discover(port, { authentication: 'rsa' })).rejects.toMatchObject({
      code: 'handshake_failure',
    });
    expect(counted).toBe(1);
  });
});

let counted = 0;

async function discover(
  port: number,
  { budget, authentication }: { budget?: Budget; authentication?: Authentication } = {},
): Promise<{ handshake: DiscoveredHandshake; connections: number }> {
  counted = 0;
  const shared = budget ?? new Budget({ connectTimeoutMs: 5000, timeoutMs: 10_000 });
  const handshake = await discoverChain(
    () => {
      counted += 1;
      return openConnection(port, shared);
    },
    { serverName: 'a.example', ...(authentication ? { authentication } : {}) },
  );
  return { handshake, connections: counted };
}

/** A server that replies to each client's hello in turn; the last reply serves all that follow. */
async function script(replies: readonly Reply[]): Promise<Listener> {
  let client = 0;
  const server = await listenTcp((socket: Socket) => {
    const reply = replies[Math.min(client, replies.length - 1)] ?? RESET;
    client += 1;
    socket.once('data', () => {
      if (reply === RESET) socket.resetAndDestroy();
      else if (reply !== SILENCE) socket.end(reply);
    });
  }, LOOPBACK);
  running.push(server);
  return server;
}

function flight(...messages: readonly Buffer[]): Buffer {
  return record(22, Buffer.concat(messages));
}

function tls12(): Buffer {
  return flight(serverHello(0x0303, 0x002f), certificateMessage(DER), SERVER_HELLO_DONE);
}

function tls10(): Buffer {
  return flight(serverHello(0x0301, 0x002f), certificateMessage(DER), SERVER_HELLO_DONE);
}
