import { ByteReader } from './byte-reader.js';
import { EXTENSION_TYPE } from './extension-type.js';
import { malformed } from './malformed.js';

/** A ServerHello as it came, or the HelloRetryRequest that has the same form. */
export interface ServerHello {
  /** The version chosen, as a number: from supported_versions where that is given, else the old field. */
  readonly version: number;
  readonly random: Buffer;
  readonly sessionId: Buffer;
  readonly cipherSuite: number;
  readonly compression: number;
  readonly extensions: ReadonlyMap<number, Buffer>;
  readonly isRetryRequest: boolean;
}

/** The random that makes a ServerHello a HelloRetryRequest: SHA-256 of that word (RFC 8446, section 4.1.3). */
const RETRY_RANDOM = Buffer.from('cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c', 'hex');

/** The end of the random of a server that could speak TLS 1.3 but was not offered it (RFC 8446, section 4.1.3). */
const TLS13_SENTINEL = Buffer.from('DOWNGRD\x01', 'latin1');

/** Reads a ServerHello's body (RFC 8446, section 4.1.3; RFC 5246, section 7.4.1.3). */
export function readServerHello(body: Buffer): ServerHello {
  const reader = new ByteReader(body, 'ServerHello');
  const legacyVersion = reader.uint16();
  const random = reader.take(32);
  const sessionId = reader.vector(1);
  if (sessionId.length > 32) throw malformed(`ServerHello has a session id of ${sessionId.length} bytes`);
  const cipherSuite = reader.uint16();
  const compression = reader.uint8();
  // Before TLS 1.3 a server may leave the whole block out.
  const extensions = reader.left === 0 ? new Map<number, Buffer>() : readExtensions(reader, 'ServerHello');
  reader.end();
  const chosen = extensions.get(EXTENSION_TYPE.supportedVersions);
  if (chosen && chosen.length !== 2) throw malformed('ServerHello names no version in supported_versions');
  return {
    version: chosen ? chosen.readUInt16BE(0) : legacyVersion,
    random,
    sessionId,
    cipherSuite,
    compression,
    extensions,
    isRetryRequest: random.equals(RETRY_RANDOM),
  };
}

/** Reads a block of extensions with its length; of an extension sent twice the last counts. */
export function readExtensions(reader: ByteReader, owner: string): Map<number, Buffer> {
  const block = reader.nested(2, `the extensions of ${owner}`);
  const extensions = new Map<number, Buffer>();
  while (block.left > 0) extensions.set(block.uint16(), block.vector(2));
  return extensions;
}

/** Whether the random admits that the server could have spoken TLS 1.3. */
export function hasTls13Sentinel(hello: ServerHello): boolean {
  return hello.random.subarray(24).equals(TLS13_SENTINEL);
}
