import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { TlsOptions } from 'node:tls';
import { type Listener, listen } from './listener.js';

/** A web server on loopback that remembers what it was asked. */
export interface HttpServer extends Listener {
  /** Such as `GET /crl`. */
  readonly requests: readonly string[];
  url(path: string): string;
}

/** Serves HTTP, or HTTPS where TLS options are given: `answer` is handed each request with its whole body. */
export async function serveHttp(
  answer: (request: IncomingMessage, response: ServerResponse, body: Buffer) => void | Promise<void>,
  tls?: TlsOptions,
): Promise<HttpServer> {
  const requests: string[] = [];
  const handle = async (request: IncomingMessage, response: ServerResponse) => {
    requests.push(`${request.method} ${request.url}`);
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece);
    try {
      await answer(request, response, Buffer.concat(pieces));
    } catch (error) {
      response.writeHead(500).end(String(error));
    }
  };
  const server = tls ? createHttpsServer(tls, handle) : createServer(handle);
  const listener = await listen(server, { host: '127.0.0.1', port: 0 });
  return {
    ...listener,
    requests,
    url: (path) => `${tls ? 'https' : 'http'}://127.0.0.1:${listener.port}${path}`,
  };
}
