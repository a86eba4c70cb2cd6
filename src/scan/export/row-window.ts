import type { RowFormat } from '../../report/row-format.js';
import type { RecordReader } from '../../store/record-reader.js';

// Why rows are not written in their order: endpoints that were saved one after the other have their facts side by side in
// the file, and reading those of ten thousand in that order takes half as long as in the order of their addresses.

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

  constructor(reader: RecordReader, rows: RowFormat) {
    this.#reader = reader;
    this.#rows = rows;
  }

  /** Writes no more than `WINDOW_ROWS` of them, as UTF-8, piece by piece. */
  *write(ids: ArrayLike<number>): Generator<Buffer<ArrayBuffer>> {
    if (this.#gather(ids)) yield* this.#handOver(ids.length);
    else yield* this.#writeInOrder(ids);
  }

  /** Writes all texts; false: they are more than there shall be in memory. */
  #gather(ids: ArrayLike<number>): boolean {
    this.#used = 0;
    const places = sortPlaces(ids);
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
    const separator = Buffer.from(this.#rows.separator);
    let from = 0;
    while (from < count) {
      let to = from;
      let size = 0;
      for (; to < count && (size < PIECE_BYTES || to === from); to += 1)
        size += separator.length + this.#lengthOf(to);
      const piece = Buffer.allocUnsafeSlow(size);
      let at = 0;
      for (; from < to; from += 1) {
        if (this.#lengthOf(from) === 0) continue;
        at += separator.copy(piece, at);
        at += this.#texts.copy(piece, at, this.#starts[from], this.#ends[from]);
      }
      yield piece.subarray(0, at);
    }
  }

  #lengthOf(place: number): number {
    return (this.#ends[place] ?? 0) - (this.#starts[place] ?? 0);
  }

  *#writeInOrder(ids: ArrayLike<number>): Generator<Buffer<ArrayBuffer>> {
    let text = '';
    for (let at = 0; at < ids.length; at += 1)
      for (const record of this.#reader.read([ids[at] ?? 0])) {
        if (record) text += `${this.#rows.separator}${this.#rows.format(record)}`;
        if (text.length < PIECE_BYTES) continue;
        yield Buffer.from(new TextEncoder().encode(text).buffer);
        text = '';
      }
    yield Buffer.from(new TextEncoder().encode(text).buffer);
  }
}

/** The places of numbers in the order of the numbers. */
function sortPlaces(ids: ArrayLike<number>): Uint32Array {
  const packed = Float64Array.from(ids, (id, place) => id * WINDOW_ROWS + place).sort();
  return Uint32Array.from(packed, (each) => each % WINDOW_ROWS);
}
