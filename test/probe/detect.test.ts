import type net from 'node:net';
import tls from 'node:tls';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { ProbeResult } from '../../src/model/observation.js';
import { type ProbeOptions, probeEndpoint } from '../../src/probe/probe-endpoint.js';
import { type MadeCertificate, makeCertificate } from '../fixtures/make-certificate.js';
import { type Listener, listenTcp, listenTls } from '../servers/listener.js';

const LIMITS = { connectTimeoutMs: 3000, timeoutMs: 8000 };

let certificate: MadeCertificate;
let context: tls.SecureContext;
let listener: Listener | undefined;
let connections = 0;

beforeAll(async () => {
  certificate = await makeCertificate({ dnsNames: ['a.example'] });
  context = tls.createSecureContext({ cert: certificate.pem, key: certificate.privateKeyPem });
});

afterEach(() => listener?.close());

async function probe(
  asked: string,
  serve: (socket: net.Socket) => void,
  options: Partial<ProbeOptions> = {},
): Promise<ProbeResult> {
  connections = 0;
  listener = await listenTcp(
    (socket) => {
      connections += 1;
      serve(socket);
    },
    { host: '127.0.0.1', port: 0 },
  );
  const { port } = listener;
  const endpoint = { host: '127.0.0.1', address: '127.0.0.1', port, protocol: asked, serverName: null };
  return probeEndpoint(endpoint, { limits: LIMITS, handshake: 'hello', ...options });
}

function serveTls(socket: net.Socket): void {
  const secure = new tls.TLSSocket(socket, { isServer: true, secureContext: context });
  secure.on('error', () => secure.destroy());
  secure.resume();
}

/** Says `greeting`, then answers line by line; a reply that ends in `TLS` is the go-ahead. */
function speak(greeting: string, replies: Readonly<Record<string, string>>, delayMs = 0) {
  return (socket: net.Socket): void => {
    const read = (bytes: Buffer): void => {
      const verb = bytes.toString('latin1').split(/[ \r\n]/, 1)[0] ?? '';
      const reply = replies[verb] ?? '500 what?\r\n';
      socket.write(reply.replace(/TLS$/, ''));
      if (!reply.endsWith('TLS')) return;
      socket.off('data', read);
      serveTls(socket);
    };
    // Nobody listens before he has greeted.
    const greet = (): void => {
      socket.write(greeting);
      socket.on('data', read);
    };
    if (delayMs === 0) greet();
    else {
      const timer = setTimeout(greet, delayMs);
      socket.once('close', () => clearTimeout(timer));
    }
  };
}

const SMTP_REPLIES = { EHLO: '250-mail.example\r\n250 STARTTLS\r\n', STARTTLS: '220 go ahead\r\nTLS' };
const SMTP_GREETING = '220 mail.example ESMTP Postfix\r\n';
const smtpServer = (delayMs = 0) => speak(SMTP_GREETING, SMTP_REPLIES, delayMs);

const FOUND = { outcome: 'tls', failure: null };

describe.each(['hello', 'full'] as const)('asked for TLS, in a %s handshake', (handshake) => {
  test('a TLS server costs one connection', async () => {
    const result = await probe('tls', serveTls, { handshake });
    expect(result).toMatchObject(FOUND);
    expect(result).not.toHaveProperty('protocol');
    expect(result).not.toHaveProperty('greeting');
    expect(connections).toBe(1);
  });

  test.each([
    ['at once', 0],
    ['after a while', 400],
  ])('a mail server that greets %s is spoken to in its own protocol', async (_, delayMs) => {
    const result = await probe('tls', smtpServer(delayMs), { handshake });
    expect(result).toMatchObject({
      ...FOUND,
      protocol: 'smtp',
      greeting: '220 mail.example ESMTP Postfix',
    });
    expect(result.handshake?.presentedChain).toEqual([new Uint8Array(certificate.der)]);
    expect(connections).toBe(2);
  });
});

describe('asked for TLS', () => {
  test('a greeting is awaited whole, however it is cut', async () => {
    const result = await probe('tls', (socket) => {
      const pieces = [...SMTP_GREETING];
      const next = (): void => {
        const piece = pieces.shift();
        if (piece === undefined) speak('', SMTP_REPLIES)(socket);
        else socket.write(piece, () => setImmediate(next));
      };
      next();
    });
    expect(result).toMatchObject({ ...FOUND, protocol: 'smtp', greeting: '220 mail.example ESMTP Postfix' });
  });

  test('a greeting that does not say which of two it is decides itself by trying', async () => {
    const replies = { EHLO: '500 unknown\r\n', AUTH: '234 go ahead\r\nTLS' };
    expect(await probe('tls', speak('220 Welcome\r\n', replies))).toMatchObject({
      ...FOUND,
      protocol: 'ftp',
      greeting: '220 Welcome',
    });
    expect(connections).toBe(3);
  });

  test('a binary greeting is told as well', async () => {
    // Protocol 10, version, thread id, salt, filler, capabilities without CLIENT_SSL.
    const payload = Buffer.from(`0a382e302e333600${'01'.repeat(4)}${'41'.repeat(8)}0000f7`, 'hex');
    const greeting = Buffer.concat([Buffer.from([payload.length, 0, 0, 0]), payload]);
    expect(await probe('tls', (socket) => socket.write(greeting))).toMatchObject({
      outcome: 'starttls-refused',
      protocol: 'mysql',
      failure: { code: 'not-offered' },
    });
  });

  test('a mail server without TLS says no in its own protocol', async () => {
    const result = await probe('tls', speak(SMTP_GREETING, { EHLO: '250 mail.example\r\n' }));
    expect(result).toMatchObject({
      outcome: 'starttls-refused',
      protocol: 'smtp',
      failure: { stage: 'starttls', code: 'not-offered' },
      greeting: '220 mail.example ESMTP Postfix',
    });
  });

  test('what goes wrong after the go-ahead is told of that protocol', async () => {
    const result = await probe('tls', (socket) => {
      const answer = (bytes: Buffer): void => {
        if (bytes.toString().startsWith('EHLO')) socket.write(SMTP_REPLIES.EHLO);
        else if (bytes.toString().startsWith('STARTTLS')) socket.write('220 go ahead\r\n');
        else socket.end(Buffer.from('15030300020228', 'hex'));
      };
      socket.write(SMTP_GREETING);
      socket.on('data', answer);
    });
    expect(result).toMatchObject({ outcome: 'alert', protocol: 'smtp', failure: { stage: 'handshake' } });
  });

  test.each([
    ['SSH', 'SSH-2.0-OpenSSH_9.2\r\n', 'SSH-2.0-OpenSSH_9.2'],
    ['Redis', '-ERR unknown command\r\n', '-ERR unknown command'],
    ['a web server', 'HTTP/1.1 400 Bad Request\r\nServer: x\r\n\r\n', 'HTTP/1.1 400 Bad Request'],
  ])('%s is no TLS, which takes one connection to say', async (_, words, greeting) => {
    const result = await probe('tls', (socket) => socket.write(words));
    expect(result).toMatchObject({ outcome: 'not-tls', failure: { stage: 'handshake' }, greeting });
    expect(result).not.toHaveProperty('protocol');
    expect(result.failure?.detail).toContain(greeting);
    expect(connections).toBe(1);
  });

  test('a server that is heard once and never again is what it said', async () => {
    const result = await probe('tls', (socket) => {
      if (connections > 1) socket.destroy();
      else socket.write(SMTP_GREETING);
    });
    expect(result).toMatchObject({ outcome: 'not-tls', greeting: '220 mail.example ESMTP Postfix' });
    expect(result).not.toHaveProperty('protocol');
  });

  test('a greeting that never ends its line is waited for no longer than that', async () => {
    const limits = { connectTimeoutMs: 2000, timeoutMs: 2000 };
    const result = await probe('tls', (socket) => socket.write('220 mail.exam'), { limits });
    expect(result).toMatchObject({ outcome: 'not-tls', greeting: '220 mail.exam' });
  });
});

describe('asked for STARTTLS', () => {
  test('a server with implicit TLS, which waits for us as we for it, is found', async () => {
    const result = await probe('smtp', serveTls);
    expect(result).toMatchObject({ ...FOUND, protocol: 'tls' });
    expect(result).not.toHaveProperty('greeting');
    expect(connections).toBe(2);
  });

  test('a server that is only slow to greet is not mistaken', async () => {
    const result = await probe('smtp', smtpServer(3000));
    expect(result).toMatchObject({ ...FOUND, greeting: '220 mail.example ESMTP Postfix' });
    expect(result).not.toHaveProperty('protocol');
  });

  test('a server that says nothing at all is a timeout', async () => {
    const limits = { connectTimeoutMs: 2500, timeoutMs: 2500 };
    const result = await probe('pop3', (socket) => socket.resume(), { limits });
    expect(result).toMatchObject({ outcome: 'handshake-timeout', failure: { stage: 'starttls' } });
    expect(result).not.toHaveProperty('protocol');
  });

  test.each(['ldap', 'postgres', 'irc', 'rdp', 'amqp', 'xmpp-client'])(
    'a server with implicit TLS where %s speaks first is found',
    async (asked) => {
      expect(await probe(asked, serveTls)).toMatchObject({ ...FOUND, protocol: 'tls' });
    },
  );

  test('a server of another protocol is spoken to in that', async () => {
    const replies = { CAPA: '+OK\r\nSTLS\r\n.\r\n', STLS: '+OK go ahead\r\nTLS' };
    expect(await probe('imap', speak('+OK ready\r\n', replies))).toMatchObject({
      ...FOUND,
      protocol: 'pop3',
      greeting: '+OK ready',
    });
  });

  test('a server that hangs up without a word is closed, TLS or not', async () => {
    const result = await probe('ldap', (socket) => socket.once('data', () => socket.end()));
    expect(result).toMatchObject({ outcome: 'closed', failure: { stage: 'starttls' } });
    expect(connections).toBe(2);
  });

  test.each([
    ['with the go-ahead', (socket: net.Socket) => socket.write('220 go ahead\r\n250 injected\r\n')],
    [
      'behind it',
      (socket: net.Socket) => socket.write('220 go ahead\r\n', () => socket.write('250 injected\r\n')),
    ],
  ])('plain text that comes %s is told', async (_, goAhead) => {
    const result = await probe('smtp', (socket) => {
      const read = (bytes: Buffer): void => {
        if (!bytes.toString().startsWith('STARTTLS')) return;
        socket.off('data', read);
        goAhead(socket);
        serveTls(socket);
      };
      speak(SMTP_GREETING, { EHLO: SMTP_REPLIES.EHLO, STARTTLS: '' })(socket);
      socket.on('data', read);
    });
    expect(result.plaintextAfterGoAhead).toBe('250 injected');
    expect(['tls', 'not-tls']).toContain(result.outcome);
  });
});

describe('a server of several names', () => {
  test('answers to the name that it is asked for', async () => {
    const other = await makeCertificate({ dnsNames: ['b.example'] });
    listener = await listenTls(
      {
        cert: certificate.pem,
        key: certificate.privateKeyPem,
        SNICallback: (name, done) =>
          done(
            null,
            name === 'b.example'
              ? tls.createSecureContext({ cert: other.pem, key: other.privateKeyPem })
              : context,
          ),
      },
      { host: '127.0.0.1', port: 0 },
    );
    const { port } = listener;
    const endpoint = { host: '127.0.0.1', address: '127.0.0.1', port, protocol: 'tls' };
    for (const [serverName, expected] of [
      [null, certificate],
      ['b.example', other],
    ] as const) {
      const { handshake } = await probeEndpoint(
        { ...endpoint, serverName },
        { limits: LIMITS, handshake: 'hello' },
      );
      expect(handshake?.presentedChain).toEqual([new Uint8Array(expected.der)]);
    }
  });
});
