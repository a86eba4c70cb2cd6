import type { ByteStream } from '../byte-stream.js';
import { readExactly } from '../byte-stream.js';
import { malformed } from '../dialog/malformed.js';
import { awaitOtherProtocol } from '../dialog/other-protocol.js';
import { oversize } from '../dialog/oversize.js';
import { toPrintable } from '../dialog/printable.js';
import { refusal } from '../dialog/refusal.js';
import type { StarttlsProtocol, Upgrade } from '../starttls-protocol.js';

const EXPECTED = 'a MySQL server';

/** Three bytes of length, one of sequence number. */
const HEADER_BYTES = 4;

/** A greeting takes about 100 bytes, an error at most 512 of words. */
const MAX_PACKET_BYTES = 4096;

const ERROR_PACKET = 0xff;
const PROTOCOL_9 = 0x09;
const PROTOCOL_10 = 0x0a;

/** CLIENT_SSL, in the lower half of the capabilities. */
const CLIENT_SSL = 0x0800;

/**
 * Length 32, sequence number 1; CLIENT_PROTOCOL_41, CLIENT_SSL and CLIENT_SECURE_CONNECTION; the largest packet left
 * to the server; the character set latin1; 23 bytes of nothing.
 */
const SSL_REQUEST = Buffer.from(`20000001008a00000000000008${'00'.repeat(23)}`, 'hex');

/**
 * MySQL and MariaDB.
 *
 * 1. S: the greeting packet: protocol 10, version, capabilities with CLIENT_SSL in them
 * 2. C: SSLRequest, then TLS at once: nothing is answered
 *
 * Refusals: `not-offered` (no CLIENT_SSL, or protocol 9), or the number of an error packet: 1040 (too many
 * connections), 1129 (host blocked), 1130 (host not allowed). Tried with MariaDB 10.11.
 */
export const mysql: StarttlsProtocol = {
  name: 'mysql',
  title: 'MySQL and MariaDB',
  defaultPorts: [3306],
  citation: 'MySQL Internals, Connection Phase, SSL Handshake',
  async upgrade(stream): Promise<Upgrade> {
    const packet = await readGreetingPacket(stream);
    const kind = packet.readUInt8(0);
    if (kind === ERROR_PACKET) throw errorRefusal(packet);
    const versionEnd = packet.indexOf(0, 1);
    const version = packet.toString('latin1', 1, versionEnd === -1 ? packet.length : versionEnd);
    if (kind === PROTOCOL_9) throw refusal('not-offered', 'protocol 9 knows no TLS', version);
    // Version, NUL, thread id (4), first part of the salt (8), filler (1), lower half of the capabilities.
    const capabilitiesAt = versionEnd + 14;
    if (versionEnd === -1 || packet.length < capabilitiesAt + 2)
      throw malformed('the greeting ends before its capabilities');
    if ((packet.readUInt16LE(capabilitiesAt) & CLIENT_SSL) === 0)
      throw refusal('not-offered', 'CLIENT_SSL is not among the capabilities', version);
    stream.write(SSL_REQUEST);
    return { stream, greeting: toPrintable(version) };
  },
};

async function readGreetingPacket(stream: ByteStream): Promise<Buffer> {
  while (stream.buffered.length <= HEADER_BYTES) {
    // A text protocol is told at once; one that says less than five bytes is told when it stops.
    if (isForeign(stream.buffered)) throw await awaitOtherProtocol(stream, EXPECTED);
    await stream.fill();
  }
  if (isForeign(stream.buffered)) throw await awaitOtherProtocol(stream, EXPECTED);
  const length = stream.buffered.readUIntLE(0, 3);
  if (length > MAX_PACKET_BYTES) throw oversize(`the greeting of ${EXPECTED}`, MAX_PACKET_BYTES);
  if (length === 0) throw malformed('the greeting is empty');
  stream.take(HEADER_BYTES);
  return readExactly(stream, length);
}

/** Sequence number not 0, or no version that a greeting can have. */
function isForeign(head: Buffer): boolean {
  const [, , , sequence = 0, kind = PROTOCOL_10] = head;
  return sequence !== 0 || ![ERROR_PACKET, PROTOCOL_9, PROTOCOL_10].includes(kind);
}

/** `ff`, number (2), then the words; since protocol 4.1 a `#` and five characters of SQL state may precede them. */
function errorRefusal(packet: Buffer): Error {
  if (packet.length < 3) return refusal('error', 'turned away at the greeting');
  const words = packet.toString('utf8', 3).replace(/^#[0-9A-Z]{5}/, '');
  return refusal(`${packet.readUInt16LE(1)}`, 'turned away at the greeting', words);
}
