/** Items in one batch: large enough that the cost of a transaction vanishes, small enough that little waits in memory. */
const BATCH_ITEMS = 1000;

/** A batch that is not full is written after this long, so that a kill loses at most this much. */
const BATCH_AGE_MS = 500;

/**
 * Gathers single items and hands them on in batches, one batch at a time. How many may wait is for the caller to bound:
 * `write` ends when a batch is done with.
 */
export class BatchWriter<Item> {
  readonly #write: (batch: readonly Item[]) => Promise<void>;
  readonly #failed: (error: unknown) => void;
  #gathered: Item[] = [];
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> | null = null;
  #error: { readonly cause: unknown } | null = null;

  /** `failed` is called once, with what `write` threw; nothing is written after that. */
  constructor(write: (batch: readonly Item[]) => Promise<void>, failed: (error: unknown) => void) {
    this.#write = write;
    this.#failed = failed;
  }

  /** Takes an item; it is written soon. */
  add(item: Item): void {
    this.#gathered.push(item);
    if (this.#gathered.length >= BATCH_ITEMS) this.#flush();
    else this.#timer ??= setTimeout(() => this.#flush(), BATCH_AGE_MS);
  }

  /** Writes what is left; throws what writing threw, now or before. */
  async close(): Promise<void> {
    while (this.#writing !== null || this.#gathered.length > 0) {
      this.#flush();
      await this.#writing;
    }
    clearTimeout(this.#timer);
    if (this.#error) throw this.#error.cause;
  }

  #flush(): void {
    if (this.#writing !== null) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const batch = this.#gathered;
    this.#gathered = [];
    if (batch.length === 0 || this.#error) return;
    this.#writing = this.#writeBatch(batch).then(() => {
      this.#writing = null;
      if (this.#gathered.length >= BATCH_ITEMS) this.#flush();
      else if (this.#gathered.length > 0) this.#timer ??= setTimeout(() => this.#flush(), BATCH_AGE_MS);
    });
  }

  async #writeBatch(batch: readonly Item[]): Promise<void> {
    try {
      await this.#write(batch);
    } catch (cause) {
      this.#error = { cause };
      this.#failed(cause);
    }
  }
}
