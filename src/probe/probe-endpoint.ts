import type { Endpoint } from '../model/endpoint.js';
import type { ProbeResult } from '../model/observation.js';
import { Budget, type ProbeLimits } from './budget.js';
import type { ByteStream } from './byte-stream.js';
import { Connection } from './connection.js';
import { handshakeFully } from './handshake.js';
import { ProbeFailure } from './probe-failure.js';
import * as starttls from './starttls/index.js';
import type { StarttlsProtocol } from './starttls-protocol.js';

const PROTOCOLS: ReadonlyMap<string, StarttlsProtocol> = new Map(
  Object.values(starttls).map((protocol) => [protocol.name, protocol]),
);

/** What a probe may cost and how it goes about the handshake. */
export interface ProbeOptions {
  readonly limits: ProbeLimits;
  readonly signal?: AbortSignal;
  /** `full`: node:tls completes the handshake. */
  readonly handshake: 'full';
}

/**
 * Finds out what one endpoint says: connects, speaks STARTTLS where the protocol has it, and shakes hands. Never
 * rejects: what the network did wrong is an outcome, and what we did wrong is the outcome `internal` with the stack.
 */
export async function probeEndpoint(endpoint: Endpoint, options: ProbeOptions): Promise<ProbeResult> {
  let connection: Connection | undefined;
  try {
    if (endpoint.address === null) throw unresolved(endpoint.host);
    const budget = new Budget(options.limits);
    connection = await Connection.open({
      address: endpoint.address,
      port: endpoint.port,
      budget,
      ...(options.signal ? { signal: options.signal } : {}),
    });
    const stream = await startTls(connection, endpoint);
    return await handshakeFully(stream, endpoint.serverName);
  } catch (error) {
    return toResult(error, connection);
  } finally {
    connection?.close();
  }
}

/** Brings the connection to where TLS begins. */
async function startTls(connection: Connection, endpoint: Endpoint): Promise<ByteStream> {
  if (endpoint.protocol === 'tls') return connection;
  const protocol = PROTOCOLS.get(endpoint.protocol);
  if (!protocol) throw new TypeError(`no such protocol: ${endpoint.protocol}`);
  connection.stage = 'starttls';
  const { stream } = await protocol.upgrade(connection, endpoint);
  connection.stage = 'handshake';
  // Plain text behind the go-ahead is no TLS, however it came there (command injection, CVE-2011-0411): out with it.
  stream.take(stream.buffered.length);
  return stream;
}

function toResult(error: unknown, connection: Connection | undefined): ProbeResult {
  if (error instanceof ProbeFailure) {
    return { outcome: error.outcome, failure: error.toFailure(), handshake: null };
  }
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const stage = connection?.stage ?? 'connect';
  return { outcome: 'internal', failure: { stage, code: 'internal', detail }, handshake: null };
}

function unresolved(host: string): ProbeFailure {
  return new ProbeFailure('unresolved', 'resolve', 'no-address', `no address is known for ${host}`);
}
