import { once } from 'node:events';
import net from 'node:net';
import type { Outcome } from '../../src/model/outcome.js';

/** A server on loopback that misbehaves. */
export interface HostileServer {
  readonly port: number;
  close(): Promise<void>;
}

/** One way to misbehave, and what may truthfully be said of it. */
export interface HostileBehaviour {
  readonly name: string;
  readonly outcomes: readonly Outcome[];
  /** Absent: `tls`. */
  readonly protocol?: string;
  start(): Promise<HostileServer>;
}

/** What happens on one accepted connection. */
export type Misbehaviour = (socket: net.Socket) => void;

/** Makes a behaviour of what a server does with each connection that it accepts. */
export function behaviour(
  name: string,
  outcomes: readonly Outcome[],
  misbehave: Misbehaviour,
  protocol?: string,
): HostileBehaviour {
  return {
    name,
    outcomes,
    ...(protocol === undefined ? {} : { protocol }),
    start: () => startServer(misbehave),
  };
}

async function startServer(misbehave: Misbehaviour): Promise<HostileServer> {
  const sockets = new Set<net.Socket>();
  // Half-open connections stay so: a hostile server does not hang up because its client has.
  const server = net.createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    socket.on('end', () => socket.destroy());
    misbehave(socket);
    socket.resume();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('a TCP server has a port');
  return {
    port: address.port,
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Waits for the first bytes of the client, then goes on. */
export function afterHello(answer: (socket: net.Socket, hello: Buffer) => void): Misbehaviour {
  return (socket) => {
    socket.once('data', (hello: Buffer) => answer(socket, hello));
  };
}

/** Sends `bytes` over and over, as fast as the client takes them. */
export function sendForEver(socket: net.Socket, bytes: Uint8Array): void {
  const block = Buffer.concat(Array.from({ length: Math.ceil(32_768 / bytes.length) }, () => bytes));
  const send = () => {
    if (!socket.destroyed) socket.write(block, (error) => (error ? socket.destroy() : send()));
  };
  send();
}

/** Sends `bytes` one at a time, and says nothing after the last. */
export function trickle(socket: net.Socket, bytes: Uint8Array, intervalMs: number): void {
  let at = 0;
  const timer = setInterval(() => {
    if (socket.destroyed || at >= bytes.length) clearInterval(timer);
    else socket.write(bytes.subarray(at, at + 1));
    at += 1;
  }, intervalMs);
  socket.on('close', () => clearInterval(timer));
}
