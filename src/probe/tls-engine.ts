import { constants } from 'node:crypto';
import { Duplex } from 'node:stream';
import tls from 'node:tls';
import type { ByteStream } from './byte-stream.js';

/** OpenSSL as a TLS client that is fed by hand, so that what the server sends can be read along the way. */
export interface TlsEngine {
  /** Hands over received bytes, which are kept: give it bytes of its own. */
  receive(bytes: Buffer): void;
  /** Comes true with the secret that the server's handshake messages are encrypted with; in TLS 1.3 only. */
  readonly handshakeSecret: Promise<Buffer>;
  /** Null: the handshake was completed; else why OpenSSL gave it up. */
  readonly end: Promise<Error | null>;
  close(): void;
}

/**
 * Everything with a certificate that OpenSSL still builds. PSK and SRP suites need secrets that a scanner has not.
 * Suites without encryption come last. Level 0 admits TLS 1.0, MD5, SHA-1 and RSA keys of any size.
 */
const CIPHERS = 'ALL:COMPLEMENTOFALL:!aNULL:!PSK:!SRP:+eNULL:@SECLEVEL=0';

let sharedContext: tls.SecureContext | undefined;

/** Starts a handshake over `stream` that accepts whatever the server presents. `serverName` null: no SNI is sent. */
export function startTlsEngine(stream: ByteStream, serverName: string | null): TlsEngine {
  const pipe = new Duplex({
    read() {
      // Bytes are pushed when they arrive; there is nothing to start.
    },
    write(chunk: Buffer, _encoding, done) {
      stream.write(chunk);
      done();
    },
  });
  const options: tls.ConnectionOptions & { readonly requestOCSP: boolean } = {
    socket: pipe,
    secureContext: secureContext(),
    ...(serverName === null ? {} : { servername: serverName }),
    rejectUnauthorized: false,
    requestOCSP: true,
    minDHSize: 1,
  };
  const socket = tls.connect(options);
  const end = new Promise<Error | null>((resolve) => {
    socket.once('secureConnect', () => resolve(null));
    // Stays for good: what OpenSSL says after the end no longer matters.
    socket.on('error', resolve);
  });
  const handshakeSecret = new Promise<Buffer>((resolve) => {
    socket.on('keylog', (line) => {
      const [label, , secret] = line.toString('latin1').trim().split(' ');
      if (label === 'SERVER_HANDSHAKE_TRAFFIC_SECRET' && secret) resolve(Buffer.from(secret, 'hex'));
    });
  });
  return {
    receive: (bytes) => {
      if (!pipe.destroyed) pipe.push(bytes);
    },
    handshakeSecret,
    end,
    close: () => {
      socket.destroy();
      pipe.destroy();
    },
  };
}

/** One for all handshakes: making one costs as much as a handshake. No anchors, so that no time goes into verifying. */
function secureContext(): tls.SecureContext {
  sharedContext ??= tls.createSecureContext({
    minVersion: 'TLSv1',
    ciphers: CIPHERS,
    ca: [],
    // Servers without secure renegotiation (RFC 5746) are refused otherwise.
    secureOptions: constants.SSL_OP_LEGACY_SERVER_CONNECT,
  });
  return sharedContext;
}
