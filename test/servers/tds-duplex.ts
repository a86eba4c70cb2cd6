import type { Socket } from 'node:net';
import { Duplex } from 'node:stream';

const HEADER_BYTES = 8;

/** Small, so that flights take several packets. */
const PACKET_BYTES = 512;

/** The server's side of TLS inside TDS: takes PRELOGIN packets apart and wraps what it says into such packets. */
export class TdsDuplex extends Duplex {
  readonly #socket: Socket;
  #received = Buffer.alloc(0);

  constructor(socket: Socket) {
    super();
    this.#socket = socket;
    socket.on('data', (chunk: Buffer) => this.#receive(chunk));
    socket.on('end', () => this.push(null));
    socket.on('close', () => this.destroy());
  }

  override _read(): void {
    this.#socket.resume();
  }

  override _write(chunk: Buffer, _encoding: string, done: (error?: Error | null) => void): void {
    for (let start = 0; start < chunk.length; start += PACKET_BYTES - HEADER_BYTES) {
      const payload = chunk.subarray(start, start + PACKET_BYTES - HEADER_BYTES);
      const isLast = start + payload.length >= chunk.length;
      const header = Buffer.from([0x12, isLast ? 1 : 0, 0, 0, 0, 0, 0, 0]);
      header.writeUInt16BE(HEADER_BYTES + payload.length, 2);
      this.#socket.write(Buffer.concat([header, payload]));
    }
    done();
  }

  #receive(chunk: Buffer): void {
    this.#received = Buffer.concat([this.#received, chunk]);
    while (this.#received.length >= HEADER_BYTES) {
      const length = this.#received.readUInt16BE(2);
      if (this.#received[0] !== 0x12) {
        this.destroy(new Error(`expected a PRELOGIN packet, got type ${this.#received[0]}`));
        return;
      }
      if (this.#received.length < length) return;
      this.push(this.#received.subarray(HEADER_BYTES, length));
      this.#received = this.#received.subarray(length);
    }
  }
}
