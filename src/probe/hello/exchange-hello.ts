/**
 * One connection, one hello: what the server says to it, and with TLS 1.3 what it says behind its own key. Nothing is
 * verified and nothing of ours is ever sent, so a server is asked for no more than its greeting.
 */
import { randomBytes } from 'node:crypto';
import type { ByteStream } from '../byte-stream.js';
import { ProbeFailure } from '../probe-failure.js';
import { ByteReader } from './byte-reader.js';
import { readCertificateMessage, readTls13CertificateMessage } from './certificate-message.js';
import { readCertificateStatus } from './certificate-status.js';
import { CIPHER_SUITES } from './cipher-suites.js';
import { RANDOM_BYTES, type RetryDemand, wrapClientHello, writeClientHello } from './client-hello.js';
import { EXTENSION_TYPE } from './extension-type.js';
import { type HandshakeMessage, HandshakeReader } from './handshake-reader.js';
import { messageHash, serverHandshakeSecret } from './handshake-secret.js';
import type { HelloAnswer, ServerHelloAnswer } from './hello-answer.js';
import type { HelloSpec } from './hello-spec.js';
import { canShare, sharedSecret } from './key-share.js';
import { malformed } from './malformed.js';
import { MESSAGE_TYPE } from './message-type.js';
import { protocolVersionOf } from './protocol-versions.js';
import { RecordProtection, TLS13_SUITES, type Tls13Suite } from './record-protection.js';
import { hasTls13Sentinel, readExtensions, readServerHello, type ServerHello } from './server-hello.js';
import { readServerKeyExchange } from './server-key-exchange.js';

/**
 * How far to read: `server-hello` for version, suite and extensions; `certificate` for the chain, the stapled OCSP
 * response and the group; `server-hello-done` for the demand of a client certificate too.
 */
export type Extent = 'server-hello' | 'certificate' | 'server-hello-done';

type Draft = { -readonly [Key in keyof ServerHelloAnswer]: ServerHelloAnswer[Key] };

/**
 * Sends one hello and reads the answer, on the same connection also that to a HelloRetryRequest. Throws ProbeFailure when
 * no ServerHello came; what breaks off later is an answer with its `failure`.
 */
export async function exchangeHello(
  stream: ByteStream,
  spec: HelloSpec,
  extent: Extent = 'certificate',
): Promise<HelloAnswer> {
  const random = spec.random ?? randomBytes(2 * RANDOM_BYTES);
  const reader = new HandshakeReader(stream);
  let clientHello = writeClientHello(spec, random);
  stream.write(wrapClientHello(spec, clientHello));
  let message = await expectServerHello(reader);
  let hello = readServerHello(message.body);
  const transcript: Uint8Array[] = [];
  const retried = hello.isRetryRequest;
  if (retried) {
    const demand = readRetryDemand(hello);
    const suite = TLS13_SUITES.get(hello.cipherSuite);
    const { cipherSuite } = hello;
    const canAnswer = demand.group === null || canShare(demand.group);
    if (extent === 'server-hello' || !canAnswer || !suite) {
      return { kind: 'hello-retry-request', version: 'TLSv1.3', cipherSuite, group: demand.group };
    }
    transcript.push(messageHash(suite.hash, clientHello), message.bytes);
    clientHello = writeClientHello(spec, random, demand);
    stream.write(wrapClientHello(spec, clientHello));
    message = await expectServerHello(reader);
    hello = readServerHello(message.body);
    if (hello.isRetryRequest) throw malformed('a second HelloRetryRequest');
  }
  transcript.push(clientHello, message.bytes);
  const answer = startAnswer(hello, retried);
  if (extent === 'server-hello') return answer;
  try {
    if (answer.version === 'TLSv1.3') await readTls13Flight(reader, hello, transcript, answer);
    else await readFlight(reader, answer, extent);
  } catch (failure) {
    if (!(failure instanceof ProbeFailure)) throw failure;
    answer.failure = failure;
  }
  return answer;
}

async function expectServerHello(reader: HandshakeReader): Promise<HandshakeMessage> {
  let message = await reader.next();
  // A server may invite us to greet at any time (RFC 5246, section 7.4.1.1).
  while (message.type === MESSAGE_TYPE.helloRequest) message = await reader.next();
  if (message.type !== MESSAGE_TYPE.serverHello) {
    throw malformed(`a handshake message of type ${message.type} in place of ServerHello`);
  }
  return message;
}

function readRetryDemand(hello: ServerHello): RetryDemand {
  const share = hello.extensions.get(EXTENSION_TYPE.keyShare);
  if (share && share.length !== 2) throw malformed('HelloRetryRequest names no group');
  const cookie = hello.extensions.get(EXTENSION_TYPE.cookie);
  return {
    group: share ? share.readUInt16BE(0) : null,
    cookie: cookie ? new ByteReader(cookie, 'the cookie of HelloRetryRequest').vector(2) : null,
  };
}

function startAnswer(hello: ServerHello, retried: boolean): Draft {
  const version = protocolVersionOf(hello.version);
  if (!version) throw malformed(`ServerHello chose version 0x${hello.version.toString(16).padStart(4, '0')}`);
  return {
    kind: 'server-hello',
    version,
    cipherSuite: hello.cipherSuite,
    compression: hello.compression,
    sessionId: hello.sessionId,
    extensions: hello.extensions,
    supportsTls13: version === 'TLSv1.3' || hasTls13Sentinel(hello),
    group: null,
    retried,
    keyExchange: null,
    presentedChain: null,
    ocspResponse: null,
    wantsClientCertificate: false,
    failure: null,
  };
}

/** Reads the messages after ServerHello up to TLS 1.2 (RFC 5246, section 7.3). */
async function readFlight(reader: HandshakeReader, answer: Draft, extent: Extent): Promise<void> {
  while (true) {
    const { type, body } = await reader.next();
    switch (type) {
      case MESSAGE_TYPE.helloRequest:
        break;
      case MESSAGE_TYPE.certificate:
        answer.presentedChain = readCertificateMessage(body).presentedChain;
        break;
      case MESSAGE_TYPE.certificateStatus:
        answer.ocspResponse = readCertificateStatus(body);
        break;
      case MESSAGE_TYPE.serverKeyExchange: {
        const suite = CIPHER_SUITES.get(answer.cipherSuite);
        answer.keyExchange = suite ? readServerKeyExchange(body, suite, answer.version) : null;
        if (extent === 'certificate') return;
        break;
      }
      case MESSAGE_TYPE.certificateRequest:
        answer.wantsClientCertificate = true;
        break;
      case MESSAGE_TYPE.serverHelloDone:
        return;
      default:
        throw malformed(`a handshake message of type ${type} after ServerHello`);
    }
  }
}

/** Reads the messages after a TLS 1.3 ServerHello up to the certificate (RFC 8446, section 2). */
async function readTls13Flight(
  reader: HandshakeReader,
  hello: ServerHello,
  transcript: readonly Uint8Array[],
  answer: Draft,
): Promise<void> {
  const suite = TLS13_SUITES.get(hello.cipherSuite);
  if (!suite) throw malformed(`ServerHello chose a suite that TLS 1.3 does not have: ${hello.cipherSuite}`);
  reader.protect(agreeOnKeys(suite, hello, transcript, answer));
  while (true) {
    const { type, body } = await reader.next();
    switch (type) {
      case MESSAGE_TYPE.encryptedExtensions:
        answer.extensions = new Map([...answer.extensions, ...readEncryptedExtensions(body)]);
        break;
      case MESSAGE_TYPE.certificateRequest:
        answer.wantsClientCertificate = true;
        break;
      case MESSAGE_TYPE.certificate: {
        const { presentedChain, ocspResponse } = readTls13CertificateMessage(body);
        answer.presentedChain = presentedChain;
        answer.ocspResponse = ocspResponse;
        return;
      }
      default:
        throw malformed(`a handshake message of type ${type} in place of Certificate`);
    }
  }
}

function agreeOnKeys(
  suite: Tls13Suite,
  hello: ServerHello,
  transcript: readonly Uint8Array[],
  answer: Draft,
): RecordProtection {
  const extension = hello.extensions.get(EXTENSION_TYPE.keyShare);
  if (!extension) throw malformed('ServerHello brings no key share');
  const reader = new ByteReader(extension, 'the key share of ServerHello');
  answer.group = reader.uint16();
  const share = reader.vector(2);
  reader.end();
  const secret = sharedSecret(answer.group, share);
  if (secret === null) throw malformed(`a key share of ${share.length} bytes for group ${answer.group}`);
  return new RecordProtection(suite, serverHandshakeSecret(suite.hash, secret, transcript));
}

function readEncryptedExtensions(body: Buffer): Map<number, Buffer> {
  const reader = new ByteReader(body, 'EncryptedExtensions');
  const extensions = readExtensions(reader, 'EncryptedExtensions');
  reader.end();
  return extensions;
}
