import type { ByteStream } from './byte-stream.js';
import { Connection, type ConnectOptions } from './connection.js';
import { readHttpHead, toAuthority } from './dialog/http-head.js';
import { toPrintable } from './dialog/printable.js';
import { ProbeFailure } from './probe-failure.js';

const EXPECTED = 'an HTTP proxy';

/** Where an HTTP proxy listens. */
export interface HttpProxy {
  /** An IP address. */
  readonly address: string;
  readonly port: number;
}

/** What happened to the connection with the proxy itself, which says nothing about the endpoint behind it. */
const PROXY_FAULTS: ReadonlySet<string> = new Set([
  'refused',
  'unreachable',
  'connect-timeout',
  'reset',
  'closed',
]);

/**
 * Opens a connection that leads through `proxy` to the destination, which may be a name that only the proxy can resolve.
 * Throws ProbeFailure with outcome `unreachable` and a code that begins with `proxy-` where the proxy is at fault, and
 * `connect-timeout` where it is still trying when the time is up.
 */
export async function openThroughProxy(
  proxy: HttpProxy,
  destination: Destination,
  options: Pick<ConnectOptions, 'budget' | 'signal'>,
): Promise<Connection> {
  const { address, port } = proxy;
  let connection: Connection | undefined;
  try {
    connection = await Connection.open({ ...options, address, port });
    connection.stage = 'connect';
    await connectThroughProxy(connection, destination);
    connection.stage = 'handshake';
    return connection;
  } catch (failure) {
    connection?.close();
    if (!(failure instanceof ProbeFailure) || !PROXY_FAULTS.has(failure.outcome)) throw failure;
    if (connection !== undefined && failure.outcome === 'connect-timeout') throw failure;
    if (failure.code.startsWith('proxy-')) throw failure;
    throw new ProbeFailure(
      'unreachable',
      'connect',
      `proxy-${failure.outcome}`,
      `the proxy ${toAuthority(address, port)} fails: ${failure.message}`,
    );
  }
}

/** Where a tunnel shall lead. */
export interface Destination {
  /** An address, or a name for the proxy to resolve. */
  readonly host: string;
  readonly port: number;
}

/**
 * Asks the HTTP proxy at the other end of `stream` for a tunnel (CONNECT, RFC 9110, section 9.3.6). Afterwards the stream
 * leads to the destination. Throws ProbeFailure with outcome `unreachable` when the proxy will not, its code being
 * `proxy-` and the status (407: it wants to know who asks), or `proxy-protocol` when it is no HTTP proxy.
 */
export async function connectThroughProxy(stream: ByteStream, destination: Destination): Promise<void> {
  const authority = toAuthority(destination.host, destination.port);
  stream.write(Buffer.from(`CONNECT ${authority} HTTP/1.1\r\nHost: ${authority}\r\n\r\n`));
  const { status, statusLine } = await readAnswer(stream);
  if (status >= 200 && status < 300) return;
  throw new ProbeFailure(
    'unreachable',
    'connect',
    `proxy-${status}`,
    `the proxy makes no tunnel to ${authority}: ${toPrintable(statusLine)}`,
  );
}

async function readAnswer(stream: ByteStream): ReturnType<typeof readHttpHead> {
  try {
    return await readHttpHead(stream, EXPECTED);
  } catch (failure) {
    // What is wrong with the proxy says nothing about the endpoint behind it.
    if (failure instanceof ProbeFailure && (failure.outcome === 'not-tls' || failure.outcome === 'too-large'))
      throw new ProbeFailure('unreachable', 'connect', 'proxy-protocol', failure.message);
    throw failure;
  }
}
