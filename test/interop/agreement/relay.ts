import type { Socket } from 'node:net';
import type { Endpoint } from '../../../src/model/endpoint.js';
import { Budget } from '../../../src/probe/budget.js';
import { Conversation } from '../../../src/probe/conversation.js';
import type { ClosableStream } from '../../../src/probe/hello/discover-chain.js';
import { ProbeFailure } from '../../../src/probe/probe-failure.js';
import { type Listener, listenTcp } from '../../servers/listener.js';

/** Longer than any tool waits for a server. */
const LIMITS = { connectTimeoutMs: 5_000, timeoutMs: 60_000 };

/**
 * Listens with implicit TLS in front of an endpoint with STARTTLS: for each connection it says the plain-text part, and
 * then hands bytes to and fro. So tools that know nothing of the protocol see the server's TLS.
 */
export function openRelay(endpoint: Endpoint): Promise<Listener> {
  return listenTcp((socket) => void relay(socket, endpoint), { host: '127.0.0.1', port: 0 });
}

async function relay(socket: Socket, endpoint: Endpoint): Promise<void> {
  const conversation = new Conversation(endpoint.protocol, { endpoint, budget: new Budget(LIMITS) });
  socket.once('close', () => conversation.close());
  try {
    const stream = await conversation.open();
    socket.on('data', (bytes) => stream.write(bytes));
    await copyAll(stream, socket);
  } catch (failure) {
    // The server hung up, or the tool did.
    if (!(failure instanceof ProbeFailure)) throw failure;
  } finally {
    socket.end();
  }
}

async function copyAll(from: ClosableStream, to: Socket): Promise<never> {
  while (true) {
    if (from.buffered.length === 0) await from.fill();
    to.write(from.take(from.buffered.length));
  }
}
