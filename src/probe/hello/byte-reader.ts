import { malformed } from './malformed.js';

/**
 * Reads one message from its bytes, front to back, without copying: what it returns are views. Every step is checked; a
 * message that is too short or too long fails as malformed, with its name.
 */
export class ByteReader {
  readonly #bytes: Buffer;
  readonly #name: string;
  #at = 0;

  constructor(bytes: Buffer, name: string) {
    this.#bytes = bytes;
    this.#name = name;
  }

  /** How many bytes are left. */
  get left(): number {
    return this.#bytes.length - this.#at;
  }

  /** The next `length` bytes. */
  take(length: number): Buffer {
    const end = this.#at + length;
    if (end > this.#bytes.length) throw malformed(`${this.#name} is cut short`);
    const taken = this.#bytes.subarray(this.#at, end);
    this.#at = end;
    return taken;
  }

  uint8(): number {
    return this.#uint(1);
  }

  uint16(): number {
    return this.#uint(2);
  }

  uint24(): number {
    return this.#uint(3);
  }

  /** A vector with a length prefix of so many bytes, as bytes (RFC 8446, section 3.4). */
  vector(prefixBytes: 1 | 2 | 3): Buffer {
    return this.take(this.#uint(prefixBytes));
  }

  /** A vector with a length prefix of so many bytes, as a reader of its own that names failures `name`. */
  nested(prefixBytes: 1 | 2 | 3, name: string): ByteReader {
    return new ByteReader(this.vector(prefixBytes), name);
  }

  /** Refuses bytes left over. */
  end(): void {
    if (this.left > 0) throw malformed(`${this.#name} has ${this.left} bytes too many`);
  }

  #uint(bytes: number): number {
    const at = this.#at;
    if (at + bytes > this.#bytes.length) throw malformed(`${this.#name} is cut short`);
    this.#at = at + bytes;
    return this.#bytes.readUIntBE(at, bytes);
  }
}
