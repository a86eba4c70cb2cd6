import { randomBytes } from 'node:crypto';
import { type ByteStream, readExactly } from '../byte-stream.js';
import { ProbeFailure } from '../probe-failure.js';
import { alertName } from './alerts.js';
import { ByteReader } from './byte-reader.js';
import { ByteWriter } from './byte-writer.js';
import { malformed } from './malformed.js';
import { notTls } from './not-tls.js';
import { RECORD_TYPE } from './record-type.js';
import { SSLV2_CIPHER_KINDS } from './sslv2-cipher-kinds.js';

/** What a server said to an SSLv2 hello (draft-hickman-netscape-ssl-00, section 2.6). */
export interface Sslv2Answer {
  /** The one certificate, DER as sent; null: none. */
  readonly certificate: Uint8Array | null;
  /** Cipher kinds by number that the server would accept; empty still means that it speaks SSLv2. */
  readonly cipherKinds: readonly number[];
}

const SSLV2 = 0x0002;
const CHALLENGE_BYTES = 16;

/** The top bit of a two-byte record header; where it is not set there is a third byte for padding. */
const TWO_BYTE_HEADER = 0x80;

const MESSAGE = { error: 0, clientHello: 1, serverHello: 4 } as const;

/** Error codes (draft-hickman-netscape-ssl-00, section 2.7). */
const ERRORS: Readonly<Record<number, string>> = {
  1: 'sslv2_no_cipher',
  2: 'sslv2_no_certificate',
  4: 'sslv2_bad_certificate',
  6: 'sslv2_unsupported_certificate_type',
};

/** Sends an SSLv2 hello with every cipher kind; throws ProbeFailure unless the server answers in SSLv2. */
export async function exchangeSslv2Hello(stream: ByteStream): Promise<Sslv2Answer> {
  stream.write(writeSslv2Hello(randomBytes(CHALLENGE_BYTES)));
  const reader = new ByteReader(await readSslv2Record(stream), 'the SSLv2 ServerHello');
  const type = reader.uint8();
  if (type === MESSAGE.error) {
    const code = reader.uint16();
    const name = ERRORS[code] ?? `sslv2_error_${code}`;
    throw new ProbeFailure('alert', 'handshake', name, `the server answered with the SSLv2 error ${code}`);
  }
  if (type !== MESSAGE.serverHello)
    throw malformed(`an SSLv2 message of type ${type} in place of ServerHello`);
  reader.take(2);
  const version = reader.uint16();
  if (version !== SSLV2) throw malformed(`an SSLv2 ServerHello of version ${version}`);
  const [certificateBytes, kindBytes, connectionIdBytes] = [
    reader.uint16(),
    reader.uint16(),
    reader.uint16(),
  ];
  const certificate = reader.take(certificateBytes);
  const kinds = new ByteReader(reader.take(kindBytes), 'the cipher kinds of ServerHello');
  reader.take(connectionIdBytes);
  const cipherKinds: number[] = [];
  while (kinds.left > 0) cipherKinds.push(kinds.uint24());
  return { certificate: certificate.length === 0 ? null : new Uint8Array(certificate), cipherKinds };
}

function writeSslv2Hello(challenge: Uint8Array): Buffer {
  const body = new ByteWriter();
  body.uint8(MESSAGE.clientHello);
  body.uint16(SSLV2);
  body.uint16(3 * SSLV2_CIPHER_KINDS.size);
  body.uint16(0);
  body.uint16(challenge.length);
  body.uint24s([...SSLV2_CIPHER_KINDS.keys()]);
  body.bytes(challenge);
  const record = new ByteWriter();
  record.uint16((TWO_BYTE_HEADER << 8) | body.length);
  record.bytes(body.finish());
  return record.finish();
}

async function readSslv2Record(stream: ByteStream): Promise<Buffer> {
  while (stream.buffered.length < 3) await stream.fill();
  const [first = 0, second = 0, third = 0] = stream.buffered;
  if (first === RECORD_TYPE.alert) {
    const code = (await readExactly(stream, 7))[6] ?? 0;
    const name = alertName(code);
    throw new ProbeFailure(
      'alert',
      'handshake',
      name,
      `the server answered with the alert ${name} (${code})`,
    );
  }
  if ((first & TWO_BYTE_HEADER) !== 0) {
    if (third !== MESSAGE.error && third !== MESSAGE.serverHello) throw notTls(stream.buffered);
    stream.take(2);
    return readExactly(stream, ((first & 0x7f) << 8) | second);
  }
  // A header of three bytes has six bits of length more and says how much padding ends the record.
  if (first >= 0x20 || first === RECORD_TYPE.handshake) throw notTls(stream.buffered);
  stream.take(3);
  const length = ((first & 0x3f) << 8) | second;
  return (await readExactly(stream, length)).subarray(0, Math.max(0, length - third));
}
