import type { Handshake } from '../model/handshake.js';
import type { ByteStream } from './byte-stream.js';
import { ByteReader } from './hello/byte-reader.js';
import {
  type CertificateMessage,
  readCertificateMessage,
  readTls13CertificateMessage,
} from './hello/certificate-message.js';
import { readCertificateStatus } from './hello/certificate-status.js';
import { CIPHER_SUITES, cipherSuiteName } from './hello/cipher-suites.js';
import { EXTENSION_TYPE } from './hello/extension-type.js';
import { groupName } from './hello/groups.js';
import { type HandshakeMessage, HandshakeReader } from './hello/handshake-reader.js';
import { malformed } from './hello/malformed.js';
import { MESSAGE_TYPE } from './hello/message-type.js';
import { type ProtocolVersion, protocolVersionOf } from './hello/protocol-versions.js';
import { RecordProtection, TLS13_SUITES } from './hello/record-protection.js';
import { readServerHello, type ServerHello } from './hello/server-hello.js';
import { keyExchangeGroupName, readServerKeyExchange } from './hello/server-key-exchange.js';
import { ProbeFailure } from './probe-failure.js';

/** What was read of a server's part of the handshake so far; filled in as it is read. */
export type ServerFlight = { -readonly [Key in keyof Handshake]: Handshake[Key] | null };

/** A flight of which nothing was read yet. */
export function newServerFlight(): ServerFlight {
  return {
    version: null,
    cipherSuite: null,
    group: null,
    compression: null,
    presentedChain: null,
    ocspResponse: null,
  };
}

/**
 * Reads the server's first flight up to what follows the certificates, into `flight`. Throws ProbeFailure where the
 * server breaks off or goes wrong; what `flight` holds by then is sound. `takeSecret` gives the secret that protects
 * the flight in TLS 1.3, and is asked once the ServerHello was read.
 */
export async function readServerFlight(
  stream: ByteStream,
  takeSecret: () => Promise<Buffer>,
  flight: ServerFlight,
): Promise<void> {
  const messages = new HandshakeReader(stream);
  let hello = noteServerHello(await messages.next(), flight);
  if (hello.isRetryRequest) {
    hello = noteServerHello(await messages.next(), flight);
    // RFC 8446, section 4.1.4: a second one in the same connection is an error.
    if (hello.isRetryRequest) throw malformed('a second HelloRetryRequest');
  }
  const version = versionOf(hello);
  if (version === 'TLSv1.3') {
    const suite = TLS13_SUITES.get(hello.cipherSuite);
    if (!suite) throw malformed(`TLS 1.3 with ${flight.cipherSuite}`);
    messages.protect(new RecordProtection(suite, await takeSecret()));
    await readTls13Certificates(messages, flight);
  } else {
    await readCertificates(messages, version, hello.cipherSuite, flight);
  }
}

function noteServerHello(message: HandshakeMessage, flight: ServerFlight): ServerHello {
  const hello = readServerHello(expect(message, MESSAGE_TYPE.serverHello, 'ServerHello'));
  const share = hello.extensions.get(EXTENSION_TYPE.keyShare);
  flight.version = versionOf(hello);
  flight.cipherSuite = cipherSuiteName(hello.cipherSuite);
  flight.compression = compressionName(hello.compression);
  flight.group = share === undefined ? null : groupName(new ByteReader(share, 'key_share').uint16());
  return hello;
}

function versionOf(hello: ServerHello): ProtocolVersion {
  const version = protocolVersionOf(hello.version);
  if (version === undefined)
    throw malformed(`ServerHello of unknown version 0x${hello.version.toString(16)}`);
  return version;
}

/** Certificate, CertificateStatus and ServerKeyExchange of TLS 1.2 and before (RFC 5246, section 7.4). */
async function readCertificates(
  messages: HandshakeReader,
  version: ProtocolVersion,
  suiteId: number,
  flight: ServerFlight,
): Promise<void> {
  note(
    readCertificateMessage(expect(await messages.next(), MESSAGE_TYPE.certificate, 'Certificate')),
    flight,
  );
  for (;;) {
    const { type, body } = await messages.next();
    if (type === MESSAGE_TYPE.certificateStatus) {
      flight.ocspResponse = readCertificateStatus(body);
    } else if (type === MESSAGE_TYPE.serverKeyExchange) {
      const suite = CIPHER_SUITES.get(suiteId);
      const exchange = suite && readServerKeyExchange(body, suite, version);
      flight.group = exchange ? keyExchangeGroupName(exchange.parameters) : null;
    } else {
      // A request for a certificate, or the end: nothing of interest follows.
      return;
    }
  }
}

/** EncryptedExtensions, CertificateRequest and Certificate of TLS 1.3 (RFC 8446, sections 4.3 and 4.4.2). */
async function readTls13Certificates(messages: HandshakeReader, flight: ServerFlight): Promise<void> {
  expect(await messages.next(), MESSAGE_TYPE.encryptedExtensions, 'EncryptedExtensions');
  let message = await messages.next();
  if (message.type === MESSAGE_TYPE.certificateRequest) message = await messages.next();
  note(readTls13CertificateMessage(expect(message, MESSAGE_TYPE.certificate, 'Certificate')), flight);
}

function note({ presentedChain, ocspResponse }: CertificateMessage, flight: ServerFlight): void {
  // Who chose a suite with certificates must send one (RFC 5246, section 7.4.2; RFC 8446, section 4.4.2).
  if (presentedChain.length === 0) {
    throw new ProbeFailure('malformed', 'handshake', 'no-certificate', 'the server presents no certificate');
  }
  flight.presentedChain = presentedChain;
  flight.ocspResponse = ocspResponse;
}

function expect({ type, body }: HandshakeMessage, wanted: number, name: string): Buffer {
  if (type !== wanted) throw malformed(`a handshake message of type ${type} where ${name} belongs`);
  return body;
}

/** Compression methods (RFC 3749). */
function compressionName(method: number): string {
  if (method === 0) return 'null';
  return method === 1 ? 'deflate' : `compression-${method}`;
}
