import { Duplex } from 'node:stream';
import { connect } from 'node:tls';
import type { ByteStream } from '../../src/probe/byte-stream.js';

/** Completes a TLS handshake of node:tls over a stream and returns the leaf certificate in hex. */
export function shakeHands(stream: ByteStream): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({
      socket: new StreamDuplex(stream),
      servername: 'a.example',
      rejectUnauthorized: false,
    });
    socket.once('error', reject);
    socket.once('secureConnect', () => {
      resolve(socket.getPeerCertificate().raw.toString('hex'));
      socket.destroy();
    });
  });
}

/** A bounded stream as node:tls wants it. */
class StreamDuplex extends Duplex {
  readonly #stream: ByteStream;

  constructor(stream: ByteStream) {
    super();
    this.#stream = stream;
  }

  override _read(): void {
    this.#next().then(
      (bytes) => this.push(bytes),
      (failure: Error) => this.destroy(failure),
    );
  }

  override _write(chunk: Buffer, _encoding: string, done: (error?: Error | null) => void): void {
    this.#stream.write(chunk);
    done();
  }

  async #next(): Promise<Buffer> {
    if (this.#stream.buffered.length === 0) await this.#stream.fill();
    return this.#stream.take(this.#stream.buffered.length);
  }
}
