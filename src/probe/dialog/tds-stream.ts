import type { ByteStream } from '../byte-stream.js';
import { ByteQueue } from './byte-queue.js';
import { readTdsHeader, toTdsPackets } from './tds-packets.js';

/** Content types of TLS records run from 20 to 23; all packet types of TDS are smaller. */
const FIRST_RECORD_TYPE = 0x14;
const LAST_RECORD_TYPE = 0x17;

/**
 * TLS inside TDS packets (MS-TDS, section 3.2.5.2): the handshake is wrapped, what follows it is not. A server that
 * goes over to bare TLS records is followed, in both directions.
 */
export class TdsStream implements ByteStream {
  readonly #inner: ByteStream;
  readonly #queue = new ByteQueue();
  #leftInPacket = 0;
  #packetNumber = 0;
  #isBare = false;

  constructor(inner: ByteStream) {
    this.#inner = inner;
  }

  get buffered(): Buffer {
    return this.#queue.waiting;
  }

  async fill(): Promise<void> {
    while (!this.#isBare && this.#leftInPacket === 0) await this.#openPacket();
    if (this.#inner.buffered.length === 0) await this.#inner.fill();
    const { length } = this.#inner.buffered;
    const chunk = this.#inner.take(this.#isBare ? length : Math.min(length, this.#leftInPacket));
    if (!this.#isBare) this.#leftInPacket -= chunk.length;
    this.#queue.append(chunk);
  }

  take(length: number): Buffer {
    return this.#queue.take(length);
  }

  write(bytes: Uint8Array): void {
    if (this.#isBare) this.#inner.write(bytes);
    else
      for (const packet of toTdsPackets(bytes, this.#packetNumber)) {
        this.#packetNumber += 1;
        this.#inner.write(packet);
      }
  }

  async #openPacket(): Promise<void> {
    const inner = this.#inner;
    if (inner.buffered.length === 0) await inner.fill();
    const type = inner.buffered[0] ?? 0;
    if (type >= FIRST_RECORD_TYPE && type <= LAST_RECORD_TYPE) {
      this.#isBare = true;
      return;
    }
    const header = await readTdsHeader(inner);
    this.#leftInPacket = header.payloadBytes;
  }
}
