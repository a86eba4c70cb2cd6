import { type Slice, sliceWidth } from './slice.js';

/**
 * The places that one worker has at hand. It asks for the next slice when half of the current one is begun, so that
 * nobody waits for the answer, and not for more, so that others have something left.
 */
export class SliceQueue {
  readonly #take: () => Promise<Slice | null>;
  readonly #arrived: () => void;
  #current: Slice | null = null;
  #position = 0;
  #following: Slice | null = null;
  #isAsking = false;
  #isOver = false;

  /** `take` gives the next slice, or null when there is none any more; `arrived` is called after each answer. */
  constructor(take: () => Promise<Slice | null>, arrived: () => void) {
    this.#take = take;
    this.#arrived = arrived;
  }

  /** Nothing is at hand, and nothing more will come. */
  get isOver(): boolean {
    return this.#isOver && this.#left === 0 && this.#following === null;
  }

  /** What is under way has been so when a worker died: what is known of it should be told at once. */
  get isSuspect(): boolean {
    return (this.#current?.deaths ?? 0) > 0;
  }

  /** The next place; null: none is at hand, or it has to wait, as `open` entries are under way. */
  next(open: number): number | null {
    this.#ask();
    if (this.#left === 0 && !this.#turn(open)) return null;
    const { places, deaths } = this.#current ?? NO_SLICE;
    if (open >= sliceWidth(deaths)) return null;
    this.#position += 1;
    return places[this.#position - 1] ?? null;
  }

  get #left(): number {
    return (this.#current?.places.length ?? 0) - this.#position;
  }

  /** Goes on to the following slice. One that killed a worker is visited alone: else others would come under suspicion. */
  #turn(open: number): boolean {
    const following = this.#following;
    if (following === null) return false;
    if (open > 0 && (following.deaths > 0 || (this.#current?.deaths ?? 0) > 0)) return false;
    this.#current = following;
    this.#position = 0;
    this.#following = null;
    this.#ask();
    return true;
  }

  #ask(): void {
    if (this.#isAsking || this.#isOver || this.#following !== null) return;
    if (2 * this.#left > (this.#current?.places.length ?? 0)) return;
    this.#isAsking = true;
    void this.#take().then((slice) => {
      this.#isAsking = false;
      if (slice === null) this.#isOver = true;
      else this.#following = slice;
      this.#arrived();
    });
  }
}

const NO_SLICE: Slice = { places: new Float64Array(), deaths: 0 };
