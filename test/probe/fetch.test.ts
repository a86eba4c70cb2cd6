import { afterEach, describe, expect, it, vi } from 'vitest';
import { type FetchRequest, tryFetch } from '../../src/probe/fetch.js';
import { makeCertificate } from '../fixtures/make-certificate.js';
import { type HttpServer, serveHttp } from '../servers/http-server.js';
import { type Listener, listenTcp } from '../servers/listener.js';

const LOOPBACK = { host: '127.0.0.1', port: 0 };

let servers: Listener[] = [];

afterEach(async () => {
  vi.unstubAllEnvs();
  await Promise.all(servers.map((server) => server.close()));
  servers = [];
});

async function serve<Kind extends Listener>(starting: Promise<Kind>): Promise<Kind> {
  const server = await starting;
  servers.push(server);
  return server;
}

function serveText(text = 'hello'): Promise<HttpServer> {
  return serve(serveHttp((_, response) => void response.end(text)));
}

/** Answers every request with a redirect. */
function redirectTo(location: string, status = 302): Promise<HttpServer> {
  return serve(serveHttp((_, response) => void response.writeHead(status, { location }).end()));
}

/** Sends bytes as they are, whatever was asked. */
function serveRaw(bytes: string): Promise<Listener> {
  return serve(listenTcp((socket) => socket.write(bytes), LOOPBACK));
}

/** What came of a fetch: the text, or the failure's code. */
async function outcome(url: string, options: Partial<FetchRequest> = {}): Promise<string> {
  const { bytes, failure } = await fetching(url, options);
  return failure ? failure.code : Buffer.from(bytes).toString();
}

function fetching(url: string, options: Partial<FetchRequest> = {}) {
  return tryFetch({ url, accept: '*/*', timeoutMs: 5000, maxBytes: 1000, allowPrivate: true, ...options });
}

describe('tryFetch', () => {
  it('gets', async () => {
    const server = await serveText();
    expect(await outcome(server.url('/a?b=c'))).toBe('hello');
    expect(server.requests).toEqual(['GET /a?b=c']);
  });

  it('posts, and says who asks for what', async () => {
    const server = await serve(
      serveHttp(({ headers }, response, body) => {
        response.end(
          `${headers['content-type']} ${headers.accept} ${headers.host} ${headers['user-agent']} ${body}`,
        );
      }),
    );
    const body = { type: 'application/ocsp-request', bytes: Buffer.from('question') };
    expect(await outcome(server.url('/'), { body, accept: 'application/ocsp-response' })).toBe(
      `application/ocsp-request application/ocsp-response 127.0.0.1:${server.port} certsweep question`,
    );
  });

  it('gets over HTTPS whatever certificate the server has, as what it gets is signed', async () => {
    const { pem, privateKeyPem } = await makeCertificate({ dnsNames: ['other.example'] });
    const server = await serve(
      serveHttp((_, response) => void response.end('hello'), { cert: pem, key: privateKeyPem }),
    );
    expect(await outcome(server.url('/'))).toBe('hello');
  });

  it('resolves names', async () => {
    const server = await serveText();
    expect(await outcome(`http://localhost:${server.port}/`)).toBe('hello');
  });

  it.each([
    ['no url', 'url'],
    ['http://', 'url'],
    [`http://a.example/${'a'.repeat(3000)}`, 'url'],
    ['file:///etc/passwd', 'scheme'],
    ['ldap://a.example/cn=ca', 'scheme'],
    ['ftp://a.example/ca.crl', 'scheme'],
    ['http://user:secret@a.example/', 'userinfo'],
    ['http://user@a.example/', 'userinfo'],
    ['http://a.example:25/', 'port'],
    ['http://a.example:22/', 'port'],
    ['https://a.example:1023/', 'port'],
  ])('refuses %s', async (url, code) => {
    expect(await outcome(url)).toBe(code);
  });

  it.each([
    'http://127.0.0.1/',
    'http://2130706433/',
    'http://0x7f.1/',
    'http://localhost/',
    'http://[::1]/',
    'http://[::ffff:127.0.0.1]/',
    'http://10.0.0.1:8080/',
    'http://169.254.169.254/latest/meta-data/',
    'http://[fe80::1]/',
  ])('refuses %s unless private addresses are allowed', async (url) => {
    expect(await outcome(url, { allowPrivate: false })).toBe('private-address');
  });

  it('asks nothing of an address that it refuses', async () => {
    const server = await serveText();
    const { failure } = await fetching(`http://localhost:${server.port}/`, { allowPrivate: false });
    expect(failure?.detail).toMatch(
      /^localhost is (127\.0\.0\.1|::1), which is no address of the public Internet$/,
    );
    expect(server.requests).toEqual([]);
  });

  it('refuses what is forbidden for another reason', async () => {
    const server = await serveText();
    const isForbidden = (address: string, port: number) => address === '127.0.0.1' && port === server.port;
    expect(await outcome(server.url('/'), { isForbidden })).toBe('excluded');
    expect(server.requests).toEqual([]);
  });

  it.each([301, 302, 303, 307, 308])('follows a redirect of status %d', async (status) => {
    const target = await serveText();
    const server = await redirectTo(target.url('/there'), status);
    const body = { type: 'text/plain', bytes: Buffer.from('question') };
    expect(await outcome(server.url('/'), { body })).toBe('hello');
    expect(target.requests).toEqual([`${status === 303 ? 'GET' : 'POST'} /there`]);
  });

  it('follows three redirects and no more', async () => {
    const server = await serve(
      serveHttp(({ url }, response) => {
        const hops = Number(url?.slice(1));
        if (hops === 0) response.end('hello');
        else response.writeHead(302, { location: `/${hops - 1}` }).end();
      }),
    );
    expect(await outcome(server.url('/3'))).toBe('hello');
    expect(await outcome(server.url('/4'))).toBe('redirects');
  });

  it.each([
    ['file:///etc/passwd', 'scheme'],
    ['gopher://127.0.0.1:70/', 'scheme'],
    ['http://user:secret@127.0.0.1/', 'userinfo'],
    ['http://127.0.0.1:22/', 'port'],
    ['http://[', 'url'],
  ])('refuses a redirect to %s', async (location, code) => {
    const server = await redirectTo(location);
    expect(await outcome(server.url('/'))).toBe(code);
  });

  it('looks at the address of each redirect anew', async () => {
    const inside = await serveText('secret');
    const outside = await redirectTo(inside.url('/'));
    const isForbidden = (_: string, port: number) => port === inside.port;
    expect(await outcome(outside.url('/'), { isForbidden })).toBe('excluded');
    expect(inside.requests).toEqual([]);
  });

  it.each([404, 500, 204, 304])('takes nothing from an answer of status %d', async (status) => {
    const server = await serve(serveHttp((_, response) => void response.writeHead(status).end()));
    expect(await outcome(server.url('/'))).toBe('status');
  });

  it('takes as many bytes as it may and no more, announced or not', async () => {
    const announced = await serveText('a'.repeat(1001));
    expect(await outcome(announced.url('/'))).toBe('too-large');
    const endless = await serve(
      serveHttp((_, response) => {
        const send = () => {
          while (response.write('a'.repeat(500)));
          response.once('drain', send);
        };
        send();
      }),
    );
    expect(await outcome(endless.url('/'))).toBe('too-large');
    expect(await outcome((await serveText('a'.repeat(1000))).url('/'))).toBe('a'.repeat(1000));
  });

  it('refuses what is compressed all the same', async () => {
    const server = await serve(
      serveHttp((_, response) => void response.writeHead(200, { 'content-encoding': 'gzip' }).end('x')),
    );
    expect(await outcome(server.url('/'))).toBe('encoding');
  });

  it.each<[string, string]>([
    ['says nothing', ''],
    ['stops within its headers', 'HTTP/1.1 200 OK\r\nContent-'],
    ['stops within its body', 'HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhell'],
    ['only ever says to go on', 'HTTP/1.1 100 Continue\r\n\r\n'],
  ])('waits no longer than it may for a server that %s', async (_, bytes) => {
    const server = await serveRaw(bytes);
    expect(await outcome(`http://127.0.0.1:${server.port}/`, { timeoutMs: 100 })).toBe('timeout');
  });

  it('has one deadline for all redirects', async () => {
    const silent = await serveRaw('');
    const server = await redirectTo(`http://127.0.0.1:${silent.port}/`);
    expect(await outcome(server.url('/'), { timeoutMs: 100 })).toBe('timeout');
  });

  it.each<[string, string]>([
    ['no HTTP', 'SSH-2.0-OpenSSH_9.6\r\n'],
    ['headers without end', `HTTP/1.1 200 OK\r\nX: ${'a'.repeat(100_000)}\r\n`],
    ['chunks that are none', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n'],
    ['another protocol', 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n'],
  ])('fails on %s', async (_, bytes) => {
    const server = await serveRaw(bytes);
    expect(await outcome(`http://127.0.0.1:${server.port}/`)).toBe('broken');
  });

  it('fails when the server hangs up, before an answer and within one', async () => {
    const mute = await serve(listenTcp((socket) => socket.end(), LOOPBACK));
    expect(await outcome(`http://127.0.0.1:${mute.port}/`)).toBe('broken');
    const abrupt = await serve(
      listenTcp((socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhell'), LOOPBACK),
    );
    expect(await outcome(`http://127.0.0.1:${abrupt.port}/`)).toBe('broken');
  });

  it('says where it could not connect', async () => {
    const server = await serveText();
    await server.close();
    const { failure } = await fetching(server.url('/'));
    expect(failure).toEqual({
      code: 'connect',
      detail: `cannot connect to 127.0.0.1 port ${server.port}: ECONNREFUSED`,
    });
  });

  it('takes no heed of the proxy settings of the environment', async () => {
    const proxy = await serveText('proxy');
    const server = await serveText();
    vi.stubEnv('http_proxy', proxy.url(''));
    vi.stubEnv('NODE_USE_ENV_PROXY', '1');
    expect(await outcome(server.url('/'))).toBe('hello');
    expect(proxy.requests).toEqual([]);
  });

  it('stops when it is told to', async () => {
    const stop = new AbortController();
    const server = await serve(serveHttp(() => stop.abort()));
    expect(await outcome(server.url('/'), { signal: stop.signal })).toBe('cancelled');
    expect(await outcome(server.url('/'), { signal: stop.signal })).toBe('cancelled');
    expect(server.requests).toHaveLength(1);
  });
});
