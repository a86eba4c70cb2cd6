/** Room for the usual hello, so that most are written without growing. */
const INITIAL_CAPACITY = 1024;

/** Writes one message front to back. A length prefix is a closure, so that the code nests as the wire does. */
export class ByteWriter {
  #bytes = Buffer.allocUnsafe(INITIAL_CAPACITY);
  #at = 0;

  /** How many bytes have been written. */
  get length(): number {
    return this.#at;
  }

  uint8(value: number): void {
    this.#reserve(1);
    this.#at = this.#bytes.writeUInt8(value, this.#at);
  }

  uint16(value: number): void {
    this.#reserve(2);
    this.#at = this.#bytes.writeUInt16BE(value, this.#at);
  }

  uint16s(values: readonly number[]): void {
    for (const value of values) this.uint16(value);
  }

  uint24s(values: readonly number[]): void {
    for (const value of values) {
      this.#reserve(3);
      this.#at = this.#bytes.writeUIntBE(value, this.#at, 3);
    }
  }

  bytes(value: Uint8Array): void {
    this.#reserve(value.length);
    this.#bytes.set(value, this.#at);
    this.#at += value.length;
  }

  zeros(count: number): void {
    this.#reserve(count);
    this.#bytes.fill(0, this.#at, this.#at + count);
    this.#at += count;
  }

  /** Writes what `body` writes, behind its length in so many bytes (RFC 8446, section 3.4). */
  vector(prefixBytes: 1 | 2 | 3, body: () => void): void {
    const prefixAt = this.#at;
    this.zeros(prefixBytes);
    body();
    this.#bytes.writeUIntBE(this.#at - prefixAt - prefixBytes, prefixAt, prefixBytes);
  }

  /** What has been written. The writer is done with it. */
  finish(): Buffer {
    return this.#bytes.subarray(0, this.#at);
  }

  #reserve(count: number): void {
    if (this.#at + count <= this.#bytes.length) return;
    const grown = Buffer.allocUnsafe(2 * (this.#at + count));
    this.#bytes.copy(grown, 0, 0, this.#at);
    this.#bytes = grown;
  }
}
