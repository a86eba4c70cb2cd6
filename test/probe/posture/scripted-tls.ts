import type { Socket } from 'node:net';
import { afterEach } from 'vitest';
import { type Listener, listenTcp } from '../../servers/listener.js';
import { alertRecord, handshakeMessage, record, uint16, vector } from '../hello/write-records.js';

/** What a client said, as far as a scripted server decides by it. */
export interface ClientHello {
  /** The newest version offered. */
  readonly version: number;
  readonly cipherSuites: readonly number[];
  readonly compressionMethods: readonly number[];
  readonly groups: readonly number[];
  readonly extensions: ReadonlyMap<number, Buffer>;
  readonly sessionId: Buffer;
  /** Bytes of the whole message. */
  readonly length: number;
}

/** What a scripted server does about a hello. */
export type Answer = Buffer | 'close' | 'hang';

/** A server that answers hellos as its script says, and how it was treated. */
export interface ScriptedTls extends Listener {
  readonly connections: number;
}

/** `handshake_failure` and `protocol_version`, fatal. */
export const HANDSHAKE_FAILURE: Buffer = alertRecord(2, 40);
export const PROTOCOL_VERSION: Buffer = alertRecord(2, 70);

/** Starts a server on loopback; `hello` is null for an SSLv2 hello. */
export async function startScriptedTls(
  answer: (hello: ClientHello | null, connection: number) => Answer,
): Promise<ScriptedTls> {
  let connections = 0;
  const listener = await listenTcp(
    (socket) => {
      connections += 1;
      const number = connections;
      serve(socket, (hello) => answer(hello, number));
    },
    { host: '127.0.0.1', port: 0 },
  );
  return {
    port: listener.port,
    close: () => listener.close(),
    get connections() {
      return connections;
    },
  };
}

function serve(socket: Socket, answer: (hello: ClientHello | null) => Answer): void {
  let bytes = Buffer.alloc(0);
  let isAnswered = false;
  socket.on('data', (chunk) => {
    bytes = Buffer.concat([bytes, chunk]);
    if (isAnswered || bytes.length < 5) return;
    const isSslv2 = (bytes[0] ?? 0) >= 0x80;
    if (!isSslv2 && bytes.length < 5 + bytes.readUInt16BE(3)) return;
    isAnswered = true;
    const reply = answer(isSslv2 ? null : readClientHello(bytes));
    if (reply === 'close') socket.end();
    else if (reply !== 'hang') socket.end(reply);
  });
}

function readClientHello(bytes: Buffer): ClientHello {
  let at = 9;
  const take = (count: number) => {
    at += count;
    return bytes.subarray(at - count, at);
  };
  const takeVector = (prefix: number) => take(take(prefix).readUIntBE(0, prefix));
  const legacy = take(2).readUInt16BE(0);
  take(32);
  const sessionId = takeVector(1);
  const cipherSuites = readNumbers(takeVector(2));
  const compressionMethods = [...takeVector(1)];
  const extensions = new Map<number, Buffer>();
  if (at < bytes.length) {
    take(2);
    while (at < bytes.length) extensions.set(take(2).readUInt16BE(0), takeVector(2));
  }
  const versions = readNumbers(extensions.get(0x002b)?.subarray(1));
  return {
    version: Math.max(legacy, ...versions),
    cipherSuites,
    compressionMethods,
    groups: readNumbers(extensions.get(0x000a)?.subarray(2)),
    extensions,
    sessionId,
    length: bytes.length - 5,
  };
}

function readNumbers(bytes: Buffer = Buffer.alloc(0)): number[] {
  return Array.from({ length: Math.floor(bytes.length / 2) }, (_, index) => bytes.readUInt16BE(2 * index));
}

/** What a ServerHello chooses. */
export interface Choice {
  readonly version: number;
  readonly cipherSuite: number;
  readonly compression?: number;
  readonly extensions?: readonly (readonly [type: number, data: Uint8Array])[];
  /** Messages behind the ServerHello. */
  readonly messages?: readonly Uint8Array[];
}

/** The longest record (RFC 5246, section 6.2.1). */
const MAX_FRAGMENT_BYTES = 16_384;

/** A ServerHello, in records with what follows it. */
export function chooses({
  version,
  cipherSuite,
  compression = 0,
  extensions = [],
  messages = [],
}: Choice): Buffer {
  const block = extensions.map(([type, data]) => Buffer.concat([uint16(type), vector(2, data)]));
  const hello = handshakeMessage(
    2,
    Buffer.concat([
      uint16(version),
      Buffer.alloc(32, 0x55),
      vector(1),
      uint16(cipherSuite),
      Buffer.from([compression]),
      ...(block.length > 0 ? [vector(2, ...block)] : []),
    ]),
  );
  const flight = Buffer.concat([hello, ...messages, handshakeMessage(14, Buffer.alloc(0))]);
  const records: Buffer[] = [];
  for (let at = 0; at < flight.length; at += MAX_FRAGMENT_BYTES) {
    records.push(record(22, flight.subarray(at, at + MAX_FRAGMENT_BYTES)));
  }
  return Buffer.concat(records);
}

/** A HelloRetryRequest that wants a share of `group` (RFC 8446, section 4.1.4). */
export function wantsGroup(hello: ClientHello, cipherSuite: number, group: number): Buffer {
  const extension = (type: number, data: Uint8Array) => Buffer.concat([uint16(type), vector(2, data)]);
  const body = Buffer.concat([
    uint16(0x0303),
    Buffer.from('cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c', 'hex'),
    vector(1, hello.sessionId),
    uint16(cipherSuite),
    Buffer.from([0]),
    vector(2, extension(0x002b, uint16(0x0304)), extension(0x0033, uint16(group))),
  ]);
  return record(22, handshakeMessage(2, body));
}

/** A ServerKeyExchange of Diffie-Hellman over `prime`, unsigned (RFC 5246, section 7.4.3). */
export function dhKeyExchange(prime: Uint8Array): Buffer {
  return handshakeMessage(
    12,
    Buffer.concat([vector(2, prime), vector(2, Buffer.of(2)), vector(2, Buffer.alloc(prime.length, 3))]),
  );
}

/** A ServerKeyExchange with a short-lived RSA key (RFC 2246, section 7.4.3). */
export function rsaKeyExchange(modulusBytes: number): Buffer {
  const modulus = Buffer.alloc(modulusBytes, 0xc1);
  return handshakeMessage(
    12,
    Buffer.concat([vector(2, modulus), vector(2, Buffer.of(1, 0, 1)), vector(2, Buffer.alloc(64))]),
  );
}

/** Numbers of the versions on the wire. */
export const SSLV3 = 0x0300;
export const TLS10 = 0x0301;
export const TLS12 = 0x0303;
export const TLS13 = 0x0304;

/** Suites that old servers have. */
export const AES128_SHA = 0x002f;
export const AES256_SHA = 0x0035;
export const RC4_MD5 = 0x0004;
export const EXPORT_RC4 = 0x0003;
export const DHE_AES128_SHA = 0x0033;

/** Speaks some versions, and chooses the first suite of its own that is offered. */
export function speaking(
  versions: readonly number[],
  suites: readonly number[],
  more: (hello: ClientHello, cipherSuite: number) => Partial<Choice> = () => ({}),
): (hello: ClientHello | null) => Buffer {
  return (hello) => {
    if (hello === null) return alertRecord(2, 10);
    const version = versions.filter((each) => each <= hello.version).sort((a, b) => b - a)[0];
    if (version === undefined) return PROTOCOL_VERSION;
    const cipherSuite = suites.find((id) => hello.cipherSuites.includes(id));
    if (cipherSuite === undefined) return HANDSHAKE_FAILURE;
    return chooses({ version, cipherSuite, ...more(hello, cipherSuite) });
  };
}

/** Starts scripted servers that end with each test. */
export function useScriptedTls(): typeof startScriptedTls {
  const running: ScriptedTls[] = [];
  afterEach(async () => {
    await Promise.all(running.splice(0).map((server) => server.close()));
  });
  return async (answer) => {
    const server = await startScriptedTls(answer);
    running.push(server);
    return server;
  };
}
