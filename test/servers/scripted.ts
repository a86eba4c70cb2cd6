import { type AddressInfo, createServer, type Socket } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { createSecureContext, TLSSocket } from 'node:tls';
import type { MadeCertificate } from '../fixtures/make-certificate.js';
import { TdsDuplex } from './tds-duplex.js';

/** One turn of a dialog: what the server says, or what the client has to say, to the byte. */
export interface Step {
  readonly by: 'server' | 'client';
  readonly bytes: Buffer;
}

/** The server says this. */
export function server(bytes: string | Uint8Array | readonly number[]): Step {
  return { by: 'server', bytes: toBuffer(bytes) };
}

/** The client has to say exactly this. */
export function client(bytes: string | Uint8Array | readonly number[]): Step {
  return { by: 'client', bytes: toBuffer(bytes) };
}

function toBuffer(bytes: string | Uint8Array | readonly number[]): Buffer {
  return typeof bytes === 'string' ? Buffer.from(bytes) : Buffer.from(bytes);
}

/** What a scripted server does with its one connection. */
export interface Script {
  readonly steps: readonly Step[];
  /** `bytewise` sends each byte alone. */
  readonly pace?: 'whole' | 'bytewise';
  /** What follows the last step: TLS, the end, silence, or the same bytes for ever. */
  readonly ending:
    | { readonly certificate: MadeCertificate; readonly carrier: 'tcp' | 'tds' }
    | 'close'
    | 'silence'
    | { readonly forever: Uint8Array };
}

/** A server that plays its script to one client. */
export interface ScriptedServer {
  readonly port: number;
  /** Where the client left the script; null: nowhere. */
  readonly deviation: string | null;
  close(): Promise<void>;
}

/** Starts a server on loopback that follows a script to the byte. */
export async function startScripted(script: Script): Promise<ScriptedServer> {
  let deviation: string | null = null;
  const sockets = new Set<Socket>();
  const listener = createServer({ noDelay: true, pauseOnConnect: false }, (socket) => {
    sockets.add(socket);
    // A client may hang up whenever it likes; what it failed to say is noted by whoever waited for it.
    socket.on('error', () => socket.destroy());
    play(socket, script).catch((error: unknown) => {
      deviation ??= String(error);
      socket.destroy();
    });
  });
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  return {
    port: (listener.address() as AddressInfo).port,
    get deviation() {
      return deviation;
    },
    close: () =>
      new Promise((resolve) => {
        listener.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

async function play(socket: Socket, { steps, pace = 'whole', ending }: Script): Promise<void> {
  for (const { by, bytes } of steps) {
    if (by === 'client') await expectBytes(socket, bytes);
    else if (pace === 'whole') socket.write(bytes);
    else await writeBytewise(socket, bytes);
  }
  if (ending === 'close') socket.end();
  else if (ending === 'silence') socket.resume();
  else if ('forever' in ending) await writeForever(socket, ending.forever);
  else serveTls(socket, ending.certificate, ending.carrier);
}

async function expectBytes(socket: Socket, expected: Buffer): Promise<void> {
  const received = await readBytes(socket, expected.length);
  if (!received.equals(expected))
    throw new Error(`expected ${JSON.stringify(`${expected}`)}, got ${JSON.stringify(`${received}`)}`);
}

function readBytes(socket: Socket, length: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const settle = () => {
      socket.off('readable', attempt);
      socket.off('close', fail);
    };
    const attempt = () => {
      const bytes: Buffer | null = socket.read(length);
      if (bytes === null) return;
      settle();
      resolve(bytes);
    };
    const fail = () => {
      settle();
      reject(new Error(`the client left before it said all of ${length} bytes`));
    };
    socket.on('readable', attempt);
    socket.on('close', fail);
    attempt();
  });
}

async function writeBytewise(socket: Socket, bytes: Buffer): Promise<void> {
  for (const byte of bytes) {
    if (socket.destroyed) return;
    socket.write(Buffer.of(byte));
    await setImmediate();
  }
}

async function writeForever(socket: Socket, filler: Uint8Array): Promise<void> {
  socket.resume();
  // In one piece of some size: as many system calls as bytes would tell nothing more.
  const piece = Buffer.alloc(Math.ceil(4096 / filler.length) * filler.length, filler);
  while (!socket.destroyed) {
    if (!socket.write(piece))
      await new Promise<void>((resolve) => {
        socket.once('drain', resolve);
        socket.once('close', () => resolve());
      });
  }
}

function serveTls(socket: Socket, certificate: MadeCertificate, carrier: 'tcp' | 'tds'): void {
  const secure = new TLSSocket(carrier === 'tds' ? new TdsDuplex(socket) : socket, {
    isServer: true,
    secureContext: createSecureContext({ cert: certificate.pem, key: certificate.privateKeyPem }),
    // There is no TLS 1.3 inside TDS 7.
    ...(carrier === 'tds' ? { maxVersion: 'TLSv1.2' } : {}),
  });
  secure.on('error', () => secure.destroy());
  secure.resume();
}
