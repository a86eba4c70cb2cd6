import { type ClientRequest, type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP } from 'node:net';
import { FetchError } from './fetch-failure.js';
import { makeGrowingBuffer } from './growing-buffer.js';
import { onAbort } from './on-abort.js';

/** One request to one address. */
export interface HttpQuestion {
  readonly url: URL;
  /** Where to connect, whatever the URL's host name may lead to by now. */
  readonly address: string;
  readonly port: number;
  readonly accept: string;
  readonly body: { readonly type: string; readonly bytes: Uint8Array } | undefined;
  readonly maxBytes: number;
  /** Its reason is thrown. */
  readonly signal: AbortSignal;
}

/** What came back. */
export interface HttpAnswer {
  readonly status: number;
  readonly location: string | null;
  /** Empty unless the status is 200. */
  readonly body: Uint8Array;
}

/** Sends one HTTP/1.1 request over a connection of its own and reads the answer; throws FetchError. */
export function exchangeHttp(question: HttpQuestion): Promise<HttpAnswer> {
  const { signal, body } = question;
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
    const request = open(question);
    let isConnected = false;
    const settle = (finish: () => void) => {
      forget();
      request.destroy();
      finish();
    };
    const fail = (error: unknown) => settle(() => reject(error));
    const forget = onAbort(signal, () => fail(signal.reason));
    request.on('socket', (socket) => socket.on('connect', () => (isConnected = true)));
    request.on('error', (error: NodeJS.ErrnoException) => {
      const why = `${question.address} port ${question.port}: ${error.code ?? error.message}`;
      fail(
        isConnected
          ? new FetchError('broken', `the connection broke: ${why}`)
          : new FetchError('connect', `cannot connect to ${why}`),
      );
    });
    const closed = () => fail(new FetchError('broken', 'the server closed the connection without an answer'));
    request.on('close', closed);
    request.on('response', (response) => {
      request.off('close', closed);
      readAnswer(response, question.maxBytes).then((answer) => settle(() => resolve(answer)), fail);
    });
    request.end(body?.bytes);
  });
}

function open({ url, address, port, accept, body }: HttpQuestion): ClientRequest {
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  const options = {
    host: address,
    port,
    method: body ? 'POST' : 'GET',
    path: `${url.pathname}${url.search}`,
    // An agent of its own has neither connections of others nor the environment's proxy.
    agent: false,
    autoSelectFamily: false,
    setHost: false,
    headers: {
      host: url.host,
      accept,
      'accept-encoding': 'identity',
      connection: 'close',
      'user-agent': 'certsweep',
      ...(body && { 'content-type': body.type, 'content-length': body.bytes.length }),
    },
  } as const;
  if (url.protocol === 'http:') return requestHttp(options);
  // Whatever is fetched is signed by whom it must be by, so that the server's own certificate proves nothing more; and a
  // CA's site may well have a certificate of that same CA (RFC 5280, section 8).
  return requestHttps({ ...options, rejectUnauthorized: false, ...(isIP(host) ? {} : { servername: host }) });
}

async function readAnswer(response: IncomingMessage, maxBytes: number): Promise<HttpAnswer> {
  const status = response.statusCode ?? 0;
  const location = response.headers.location ?? null;
  if (status !== 200) return { status, location, body: new Uint8Array(0) };
  const encoding = response.headers['content-encoding'] ?? 'identity';
  if (encoding !== 'identity') {
    throw new FetchError('encoding', 'the answer is compressed, which was not asked for');
  }
  const tooLarge = `the answer has more than ${maxBytes} bytes`;
  if (Number(response.headers['content-length'] ?? 0) > maxBytes) throw new FetchError('too-large', tooLarge);
  const gathered = makeGrowingBuffer(maxBytes);
  try {
    for await (const piece of response) {
      if (!gathered.add(piece)) throw new FetchError('too-large', tooLarge);
    }
  } catch (error) {
    if (error instanceof FetchError) throw error;
    throw new FetchError('broken', `the answer broke off: ${error instanceof Error ? error.message : error}`);
  }
  return { status, location, body: gathered.bytes() };
}
