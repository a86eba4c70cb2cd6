import type { ByteStream } from '../byte-stream.js';
import { awaitText, readLine, readLines } from './line.js';
import { otherProtocol } from './other-protocol.js';

/** Status line and header fields of an HTTP/1 response. */
export interface HttpHead {
  readonly status: number;
  /** The status line as sent. */
  readonly statusLine: string;
  /** Header fields by lower-case name; of a repeated one the last. */
  readonly fields: ReadonlyMap<string, string>;
}

/** A name and port as the Host field and CONNECT write them (RFC 3986, section 3.2.2: IPv6 in brackets). */
export function toAuthority(host: string, port: number): string {
  return `${host.includes(':') ? `[${host}]` : host}:${port}`;
}

/** Reads a response's head up to and with its blank line (RFC 9112, section 2); a body is left in the stream. */
export async function readHttpHead(stream: ByteStream, expected: string): Promise<HttpHead> {
  await awaitText(stream, expected);
  const statusLine = await readLine(stream, expected);
  const status = /^HTTP\/1\.\d (\d{3})(?: |$)/.exec(statusLine)?.[1];
  if (status === undefined) throw otherProtocol(expected, statusLine);
  const lines = await readLines(stream, expected, (line) => line === '');
  const fields = new Map<string, string>();
  for (const line of lines) {
    const colon = line.indexOf(':');
    if (colon > 0) fields.set(line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim());
  }
  return { status: Number(status), statusLine, fields };
}
