import { MAX_ENDPOINT_BYTES } from '../budget.js';
import type { ByteStream } from '../byte-stream.js';
import { ProbeFailure } from '../probe-failure.js';
import { alertName } from './alerts.js';
import { malformed } from './malformed.js';
import type { RecordProtection } from './record-protection.js';
import { RECORD_HEADER_BYTES, RecordReader, type TlsRecord } from './record-reader.js';
import { RECORD_TYPE } from './record-type.js';

/** One handshake message. */
export interface HandshakeMessage {
  readonly type: number;
  readonly body: Buffer;
  /** Header and body together, as the transcript wants it. */
  readonly bytes: Buffer;
}

/** Type and length (RFC 8446, section 4). */
const HEADER_BYTES = 4;

/** A message that cannot fit into what an endpoint may send in all is refused before it arrives. */
const MAX_MESSAGE_BYTES = MAX_ENDPOINT_BYTES;

const WARNING = 1;
const CLOSE_NOTIFY = 0;

const HUNG_UP: ReadonlySet<string> = new Set(['closed', 'reset']);

const NOTHING = Buffer.alloc(0);

/**
 * Puts handshake messages together from records, however they were cut. Warnings are passed over; any other alert is
 * thrown as ProbeFailure with outcome `alert`.
 */
export class HandshakeReader {
  readonly #records: RecordReader;
  #protection: RecordProtection | null = null;
  #warning: number | null = null;
  #bytes: Buffer = NOTHING;
  #start = 0;
  #end = 0;

  constructor(stream: ByteStream) {
    this.#records = new RecordReader(stream);
  }

  /** From here on the peer protects its records. */
  protect(protection: RecordProtection): void {
    if (this.#end > this.#start) throw malformed('bytes after ServerHello that ought to be protected');
    this.#protection = protection;
  }

  /** The next message, whole. */
  async next(): Promise<HandshakeMessage> {
    let message = this.#cut();
    while (message === null) {
      const { type, bytes } = await this.#nextRecord();
      this.#takeIn(type, bytes);
      message = this.#cut();
    }
    return message;
  }

  /** A peer that warns and then hangs up meant the warning as its answer. */
  async #nextRecord(): Promise<TlsRecord> {
    try {
      return await this.#records.next();
    } catch (failure) {
      const hungUp = failure instanceof ProbeFailure && HUNG_UP.has(failure.outcome);
      throw hungUp && this.#warning !== null ? alertFailure(this.#warning) : failure;
    }
  }

  #takeIn(type: number, record: Buffer): void {
    if (this.#protection !== null && type === RECORD_TYPE.applicationData) {
      const opened = this.#protection.open(record);
      this.#takeInContent(opened.type, opened.content);
    } else if (this.#protection !== null && type === RECORD_TYPE.handshake) {
      throw malformed('a handshake record that ought to be protected');
    } else {
      this.#takeInContent(type, record.subarray(RECORD_HEADER_BYTES));
    }
  }

  #takeInContent(type: number, content: Buffer): void {
    switch (type) {
      case RECORD_TYPE.handshake:
        this.#append(content);
        return;
      case RECORD_TYPE.alert:
        this.#warning = readWarning(content);
        return;
      case RECORD_TYPE.changeCipherSpec:
        // Sent for the sake of middleboxes (RFC 8446, appendix D.4).
        return;
      default:
        throw malformed(`a record of type ${type} in the handshake`);
    }
  }

  #cut(): HandshakeMessage | null {
    const available = this.#end - this.#start;
    if (available < HEADER_BYTES) return null;
    const type = this.#bytes.readUInt8(this.#start);
    const length = this.#bytes.readUIntBE(this.#start + 1, 3);
    if (length > MAX_MESSAGE_BYTES) {
      throw new ProbeFailure(
        'too-large',
        'handshake',
        'too-large',
        `a handshake message of ${length} bytes, ${MAX_MESSAGE_BYTES} are taken`,
      );
    }
    if (available < HEADER_BYTES + length) return null;
    const bytes = this.#bytes.subarray(this.#start, this.#start + HEADER_BYTES + length);
    this.#start += bytes.length;
    return { type, body: bytes.subarray(HEADER_BYTES), bytes };
  }

  /** Copies nothing when a record starts a message, and grows by doubling when it goes on with one. */
  #append(content: Buffer): void {
    const length = this.#end - this.#start;
    if (length === 0) {
      this.#bytes = content;
      this.#start = 0;
      this.#end = content.length;
      return;
    }
    if (this.#end + content.length > this.#bytes.length) {
      const grown = Buffer.allocUnsafe(2 * (length + content.length));
      this.#bytes.copy(grown, 0, this.#start, this.#end);
      this.#bytes = grown;
      this.#start = 0;
      this.#end = length;
    }
    this.#bytes.set(content, this.#end);
    this.#end += content.length;
  }
}

/** The code of a warning; any other alert is thrown (RFC 8446, section 6). */
function readWarning(content: Buffer): number {
  const [level, code] = content;
  if (level === undefined || code === undefined) throw malformed('an alert that is cut short');
  if (level !== WARNING || code === CLOSE_NOTIFY) throw alertFailure(code);
  return code;
}

function alertFailure(code: number): ProbeFailure {
  const name = alertName(code);
  return new ProbeFailure('alert', 'handshake', name, `the server answered with the alert ${name} (${code})`);
}
