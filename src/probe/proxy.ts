import type { ByteStream } from './byte-stream.js';
import { readHttpHead, toAuthority } from './dialog/http-head.js';
import { toPrintable } from './dialog/printable.js';
import { ProbeFailure } from './probe-failure.js';

const EXPECTED = 'an HTTP proxy';

/**
 * Asks the HTTP proxy at the other end of `stream` for a tunnel (CONNECT, RFC 9110, section 9.3.6). Afterwards the stream
 * leads to the destination. Throws ProbeFailure with outcome `unreachable` when the proxy will not, its code being
 * `proxy-` and the status (407: it wants to know who asks), or `proxy-protocol` when it is no HTTP proxy.
 */
export async function connectThroughProxy(
  stream: ByteStream,
  destination: { readonly host: string; readonly port: number },
): Promise<void> {
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
