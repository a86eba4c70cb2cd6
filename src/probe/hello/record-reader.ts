import type { ByteStream } from '../byte-stream.js';
import { malformed } from './malformed.js';
import { notTls } from './not-tls.js';
import { RECORD_TYPE } from './record-type.js';

/** One TLS record. */
export interface TlsRecord {
  readonly type: number;
  /** Header and fragment together, as received. */
  readonly bytes: Buffer;
}

/** Type, version and length (RFC 8446, section 5.1). */
export const RECORD_HEADER_BYTES = 5;

/** The longest fragment that any version allows: 2^14 bytes and what protection adds (RFC 5246, section 6.2.3). */
const MAX_FRAGMENT_BYTES = 16384 + 2048;

/** Major version of all TLS and of SSLv3. */
const MAJOR_VERSION = 3;

/** Cuts the stream into TLS records. The first bytes decide whether the peer speaks TLS at all. */
export class RecordReader {
  readonly #stream: ByteStream;
  #isFirst = true;

  constructor(stream: ByteStream) {
    this.#stream = stream;
  }

  /** The next record, whole. */
  async next(): Promise<TlsRecord> {
    const stream = this.#stream;
    let buffered = stream.buffered;
    while (true) {
      this.#check(buffered);
      if (buffered.length >= RECORD_HEADER_BYTES) {
        const length = RECORD_HEADER_BYTES + buffered.readUInt16BE(3);
        if (buffered.length >= length) {
          this.#isFirst = false;
          const bytes = stream.take(length);
          return { type: bytes.readUInt8(0), bytes };
        }
      }
      await stream.fill();
      buffered = stream.buffered;
    }
  }

  /** Looks at as much of the header as there is: who does not speak TLS may well wait for us now. */
  #check(buffered: Buffer): void {
    const [type, major] = buffered;
    if (type === undefined) return;
    const isRecord = type >= RECORD_TYPE.changeCipherSpec && type <= RECORD_TYPE.applicationData;
    if (!isRecord || (major !== undefined && major !== MAJOR_VERSION)) {
      throw this.#isFirst
        ? notTls(buffered)
        : malformed(`a record of type ${type} and version ${major ?? '?'}`);
    }
    if (buffered.length < RECORD_HEADER_BYTES) return;
    const length = buffered.readUInt16BE(3);
    if (length > MAX_FRAGMENT_BYTES) {
      throw malformed(`a record of ${length} bytes, ${MAX_FRAGMENT_BYTES} are allowed`);
    }
  }
}
