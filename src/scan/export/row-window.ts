import type { RowFormat } from '../../report/row-format.js';
import type { RecordReader } from '../../store/record-reader.js';

// Why rows are not written in their order: facts lie side by side in the file in another one, and reading those of ten
// thousand in that order takes half as long as in the order of their addresses.

/** Rows whose text is kept until all of them are there. */
export const WINDOW_ROWS = 16_384;

/** Text of a window: twice what rows of the usual length take. Rows of hostile names may have a million bytes each. */
const WINDOW_BYTES = 16 * 1024 * 1024;

/** Text that a row of the usual length takes, generously. */
const FIRST_BYTES = 1024 * 1024;

/** Records at hand at once: enough that the question costs little, and few enough to die young. */
const RECORDS_AT_ONCE = 64;

/** Bytes handed over at once. */
const PIECE_BYTES = 512 * 1024;

/** Most bytes to a letter, of which JavaScript counts some twice. */
const MOST_BYTES_A_LETTER = 3;

/** Writes the records of endpoints by their numbers, in the order given but read in the order of the file. */
export class RowWindow {
  readonly #reader: RecordReader;
  readonly #rows: RowFormat;
  /** The texts of a window one behind the other, in the order in which they were read. */
  #texts = Buffer.allocUnsafeSlow(FIRST_BYTES);
  #used = 0;
  readonly #starts = new Uint32Array(WINDOW_ROWS);
  readonly #ends = new Uint32Array(WINDOW_ROWS);
  readonly #separator: Buffer;
  /** Where pieces are handed over one after the other; null: each has memory of its own. */
  readonly #piece: Buffer<ArrayBuffer> | null;

  /** With `reusesPieces`, whoever takes pieces is done with one before the next. */
  constructor(reader: RecordReader, rows: RowFormat, { reusesPieces = false } = {}) {
    this.#reader = reader;
    this.#rows = rows;
    this.#piece = reusesPieces ? Buffer.allocUnsafeSlow(2 * PIECE_BYTES) : null;
    this.#separator = Buffer.from(rows.separator);
  }

  /**
   * Writes no more than `WINDOW_ROWS` of them, each behind a separator, as UTF-8 and piece by piece; homes are where their
   * facts lie, and if absent those saved one after the other are taken to lie so.
   */
  *write(ids: ArrayLike<number>, homes?: Uint32Array | null): Generator<Buffer<ArrayBuffer>> {
    const places = sortPlaces(ids, homes ? (id) => homes[id] ?? 0 : (id) => id);
    if (this.#gather(ids, places)) yield* this.#handOver(ids.length);
    else yield* this.#writeInOrder(ids);
  }

  /** Bytes of some of the rows that were written last, with their separators. */
  sizes(count: number): Uint32Array {
    return Uint32Array.from({ length: count }, (_, place) => this.#sizeOf(place));
  }

  /** Writes all texts; false: they are more than there shall be in memory. */
  #gather(ids: ArrayLike<number>, places: Uint32Array): boolean {
    this.#used = 0;
    for (let at = 0; at < places.length; at += RECORDS_AT_ONCE) {
      const some = [...places.subarray(at, at + RECORDS_AT_ONCE)];
      const records = this.#reader.read(some.map((place) => ids[place] ?? 0));
      for (let index = 0; index < some.length; index += 1) {
        const place = some[index] ?? 0;
        const record = records[index];
        this.#starts[place] = this.#used;
        if (record && !this.#append(this.#rows.format(record))) return false;
        this.#ends[place] = this.#used;
      }
    }
    return true;
  }

  #append(text: string): boolean {
    const room = this.#used + MOST_BYTES_A_LETTER * text.length;
    if (room > WINDOW_BYTES) return false;
    if (room > this.#texts.length) {
      const larger = Buffer.allocUnsafeSlow(Math.min(WINDOW_BYTES, Math.max(room, 2 * this.#texts.length)));
      this.#texts.copy(larger, 0, 0, this.#used);
      this.#texts = larger;
    }
    this.#used += this.#texts.write(text, this.#used);
    return true;
  }

  *#handOver(count: number): Generator<Buffer<ArrayBuffer>> {
    let from = 0;
    while (from < count) {
      let to = from;
      let size = 0;
      for (; to < count && (size < PIECE_BYTES || to === from); to += 1) size += this.#sizeOf(to);
      const piece = this.#makePiece(size);
      let at = 0;
      for (; from < to; from += 1) {
        if (this.#sizeOf(from) === 0) continue;
        if (this.#separator.length > 0) at += this.#separator.copy(piece, at);
        at += this.#texts.copy(piece, at, this.#starts[from], this.#ends[from]);
      }
      yield piece;
    }
  }

  #makePiece(size: number): Buffer<ArrayBuffer> {
    if (this.#piece === null || size > this.#piece.length) return Buffer.allocUnsafeSlow(size);
    return this.#piece.subarray(0, size);
  }

  #sizeOf(place: number): number {
    const length = (this.#ends[place] ?? 0) - (this.#starts[place] ?? 0);
    return length === 0 ? 0 : this.#separator.length + length;
  }

  *#writeInOrder(ids: ArrayLike<number>): Generator<Buffer<ArrayBuffer>> {
    let pieces: Uint8Array[] = [];
    let size = 0;
    for (let place = 0; place < ids.length; place += 1) {
      const [record] = this.#reader.read([ids[place] ?? 0]);
      const text = record ? Buffer.from(this.#rows.format(record)) : NOTHING;
      this.#starts[place] = 0;
      this.#ends[place] = text.length;
      if (text.length === 0) continue;
      pieces.push(this.#separator, text);
      size += this.#sizeOf(place);
      if (size < PIECE_BYTES) continue;
      yield join(pieces, size);
      pieces = [];
      size = 0;
    }
    yield join(pieces, size);
  }
}

const NOTHING = Buffer.alloc(0);

/** Joins bytes in memory of their own, which can be given to another thread. */
function join(pieces: readonly Uint8Array[], size: number): Buffer<ArrayBuffer> {
  const whole = Buffer.allocUnsafeSlow(size);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

/** The places of endpoints in the order of their homes. */
function sortPlaces(ids: ArrayLike<number>, homeOf: (id: number) => number): Uint32Array {
  const packed = Float64Array.from(ids, (id, place) => homeOf(id) * WINDOW_ROWS + place).sort();
  return Uint32Array.from(packed, (each) => each % WINDOW_ROWS);
}
