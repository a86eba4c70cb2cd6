import type { Handshake } from '../../model/handshake.js';
import type { ProbeFailure } from '../probe-failure.js';
import { cipherSuiteName } from './cipher-suites.js';
import { groupName } from './groups.js';
import type { ProtocolVersion } from './protocol-versions.js';
import { keyExchangeGroupName, type ServerKeyExchange } from './server-key-exchange.js';

/** A server that agreed to speak TLS, and what it told before we hung up. */
export interface ServerHelloAnswer {
  readonly kind: 'server-hello';
  readonly version: ProtocolVersion;
  /** By number; it may be one that was not offered. */
  readonly cipherSuite: number;
  /** By number; 0: none. */
  readonly compression: number;
  readonly sessionId: Buffer;
  /** Extensions of the ServerHello, and in TLS 1.3 of EncryptedExtensions too, by number. */
  readonly extensions: ReadonlyMap<number, Buffer>;
  /** True where the server chose TLS 1.3, or owned up to it in its random (RFC 8446, section 4.1.3). */
  readonly supportsTls13: boolean;
  /** The TLS 1.3 group by number; null before TLS 1.3, where `keyExchange` tells. */
  readonly group: number | null;
  /** Whether the server first asked for another key share. */
  readonly retried: boolean;
  /** Null: no ServerKeyExchange was read. */
  readonly keyExchange: ServerKeyExchange | null;
  /** DER as sent, in sent order; null: no Certificate message was read. */
  readonly presentedChain: readonly Uint8Array[] | null;
  readonly ocspResponse: Uint8Array | null;
  /** Whether the server asked for a certificate of ours, as far as we read. */
  readonly wantsClientCertificate: boolean;
  /** Why less was read than asked for; null: all was. */
  readonly failure: ProbeFailure | null;
}

/** A server that speaks TLS 1.3 and asks for a key share that we did not, or could not, send. */
export interface RetryAnswer {
  readonly kind: 'hello-retry-request';
  readonly version: 'TLSv1.3';
  readonly cipherSuite: number;
  /** The group it wants, by number; null: it only wants its cookie back. */
  readonly group: number | null;
}

/** What a server said to one hello, when it said more than no. */
export type HelloAnswer = ServerHelloAnswer | RetryAnswer;

/** An answer in the words of the records. */
export function toHandshake(answer: HelloAnswer): Handshake {
  const isServerHello = answer.kind === 'server-hello';
  const group = answer.group === null ? null : groupName(answer.group);
  const keyExchange = isServerHello ? answer.keyExchange : null;
  return {
    version: answer.version,
    cipherSuite: cipherSuiteName(answer.cipherSuite),
    group: keyExchange === null ? group : keyExchangeGroupName(keyExchange.parameters),
    compression: isServerHello ? compressionName(answer.compression) : null,
    presentedChain: (isServerHello ? answer.presentedChain : null) ?? [],
    ocspResponse: isServerHello ? answer.ocspResponse : null,
  };
}

/** RFC 3749, section 2, and RFC 3943, section 2. */
function compressionName(method: number): string {
  const names: Readonly<Record<number, string>> = { 0: 'null', 1: 'deflate', 64: 'lzs' };
  return names[method] ?? `compression-${method}`;
}
