import type { Endpoint } from '../model/endpoint.js';
import type { ProbeResult } from '../model/observation.js';
import { Budget, type ProbeLimits } from './budget.js';
import { Connection } from './connection.js';
import { handshakeFully } from './handshake-fully.js';
import { type ClosableStream, discoverChain } from './hello/discover-chain.js';
import { HandshakeFailure } from './hello/handshake-failure.js';
import { ProbeFailure } from './probe-failure.js';
import { starttlsProtocols } from './starttls-protocols.js';

/** What a probe may cost and how it goes about the handshake. */
export interface ProbeOptions {
  readonly limits: ProbeLimits;
  readonly signal?: AbortSignal;
  /**
   * `hello`: own hellos, up to four connections, no handshake is completed; cheap, and reaches servers from SSLv2 on.
   * `full`: node:tls completes one handshake, TLS 1.0 and later.
   */
  readonly handshake: 'hello' | 'full';
}

/**
 * Finds out what one endpoint says: connects, speaks STARTTLS where the protocol has it, and shakes hands. Never
 * rejects: what the network did wrong is an outcome, and what we did wrong is the outcome `internal` with the stack.
 */
export async function probeEndpoint(endpoint: Endpoint, options: ProbeOptions): Promise<ProbeResult> {
  const connections: Connection[] = [];
  try {
    const { address, serverName } = endpoint;
    if (address === null) throw unresolved(endpoint.host);
    const budget = new Budget(options.limits);
    const { signal } = options;
    const open = async () => {
      const connection = await Connection.open({
        address,
        port: endpoint.port,
        budget,
        ...(signal ? { signal } : {}),
      });
      connections.push(connection);
      return startTls(connection, endpoint);
    };
    const handshake =
      options.handshake === 'full'
        ? await handshakeFully(await open(), serverName)
        : await discoverChain(open, { serverName });
    return { outcome: 'tls', failure: null, handshake };
  } catch (error) {
    return toResult(error, connections.at(-1));
  } finally {
    for (const connection of connections) connection.close();
  }
}

/** Brings the connection to where TLS begins. */
async function startTls(connection: Connection, endpoint: Endpoint): Promise<ClosableStream> {
  if (endpoint.protocol === 'tls') return connection;
  const protocol = starttlsProtocols.get(endpoint.protocol);
  if (!protocol) throw new TypeError(`no such protocol: ${endpoint.protocol}`);
  connection.stage = 'starttls';
  const { stream } = await protocol.upgrade(connection, endpoint);
  connection.stage = 'handshake';
  // Plain text behind the go-ahead is no TLS, however it came there (command injection, CVE-2011-0411): out with it.
  stream.take(stream.buffered.length);
  return {
    get buffered() {
      return stream.buffered;
    },
    fill: () => stream.fill(),
    take: (length) => stream.take(length),
    write: (bytes) => stream.write(bytes),
    close: () => connection.close(),
  };
}

function toResult(error: unknown, connection: Connection | undefined): ProbeResult {
  if (error instanceof ProbeFailure) {
    const handshake = error instanceof HandshakeFailure ? error.handshake : null;
    return { outcome: error.outcome, failure: error.toFailure(), handshake };
  }
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const stage = connection?.stage ?? 'connect';
  return { outcome: 'internal', failure: { stage, code: 'internal', detail }, handshake: null };
}

function unresolved(host: string): ProbeFailure {
  return new ProbeFailure('unresolved', 'resolve', 'no-address', `no address is known for ${host}`);
}
