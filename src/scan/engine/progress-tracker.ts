import type { RunProgress } from '../../model/run-progress.js';

/** Bytes that the window begins with; it grows as needed. */
const LEAST_BYTES = 1024;

/**
 * Keeps which entries of a plan are done: all before a place, and a window of bits from there, which is as long as the
 * slowest entry is behind the fastest.
 */
export class ProgressTracker {
  readonly #planDigest: string;
  readonly #size: number;
  /** The place of the window's first bit; a multiple of 8 before the end, so that bytes of bits can leave whole. */
  #base: number;
  #bits: Uint8Array;
  /** Bytes in use. */
  #length: number;
  #extra: number;
  #entriesDone: number;

  /** `before`: what an earlier part of the run has done, in the same plan; null: nothing. */
  constructor(planDigest: string, size: number, before: RunProgress | null) {
    this.#planDigest = planDigest;
    this.#size = size;
    const doneBefore = Math.min(before?.doneBefore ?? 0, size);
    this.#base = doneBefore - (doneBefore % 8);
    this.#bits = new Uint8Array(LEAST_BYTES);
    this.#length = 0;
    this.#extra = before?.extra ?? 0;
    this.#entriesDone = this.#base;
    for (let place = this.#base; place < doneBefore; place++) this.#set(place);
    const beyond = before?.doneBeyond ?? new Uint8Array();
    for (let bit = 0; bit < 8 * beyond.length && doneBefore + bit < size; bit++) {
      if (((beyond[bit >>> 3] ?? 0) >>> (bit & 7)) & 1) this.#set(doneBefore + bit);
    }
    this.#advance();
  }

  /** How many entries are done, wherever they are. */
  get entriesDone(): number {
    return this.#entriesDone;
  }

  /** All entries before this place are done, and perhaps some from there. */
  get doneBefore(): number {
    return this.#base;
  }

  /** Whether an entry is done. */
  isDone(place: number): boolean {
    const bit = place - this.#base;
    if (bit < 0) return true;
    const index = Math.floor(bit / 8);
    return index < this.#length && (((this.#bits[index] ?? 0) >>> (bit & 7)) & 1) === 1;
  }

  /** Notes that an entry is done, with so many observations. */
  mark(place: number, observations: number): void {
    this.#set(place);
    this.#extra += Math.max(0, observations - 1);
    this.#advance();
  }

  /** How things stand, to be stored. */
  snapshot(): RunProgress {
    const isWhole = this.#entriesDone === this.#size;
    return {
      planDigest: this.#planDigest,
      doneBefore: isWhole ? this.#size : this.#base,
      doneBeyond: isWhole ? new Uint8Array() : this.#bits.slice(0, this.#length),
      extra: this.#extra,
    };
  }

  #set(place: number): void {
    if (this.isDone(place)) return;
    const bit = place - this.#base;
    const index = Math.floor(bit / 8);
    if (index >= this.#bits.length) {
      const grown = new Uint8Array(Math.max(index + 1, 2 * this.#bits.length));
      grown.set(this.#bits);
      this.#bits = grown;
    }
    this.#length = Math.max(this.#length, index + 1);
    this.#bits[index] = (this.#bits[index] ?? 0) | (1 << (bit & 7));
    this.#entriesDone += 1;
  }

  /** Lets go of the bytes at the window's beginning whose entries are all done. */
  #advance(): void {
    if (this.#bits[0] !== 0xff) return;
    let whole = 0;
    while (whole < this.#length && this.#bits[whole] === 0xff) whole += 1;
    this.#bits.copyWithin(0, whole, this.#length);
    this.#bits.fill(0, this.#length - whole, this.#length);
    this.#length -= whole;
    this.#base += 8 * whole;
  }
}
