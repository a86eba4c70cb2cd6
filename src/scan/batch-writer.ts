/** Items in one batch: large enough that the cost of a transaction vanishes, small enough that little waits in memory. */
const BATCH_ITEMS = 1000;

/** A batch that is not full is written after this long, so that a kill loses at most this much. */
const BATCH_AGE_MS = 500;

/** Gathers single items and hands them on in batches, one batch at a time. */
export class BatchWriter<Item> {
  readonly #write: (batch: readonly Item[]) => Promise<void>;
  #gathered: Item[] = [];
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> = Promise.resolve();
  #error: { readonly cause: unknown } | null = null;

  constructor(write: (batch: readonly Item[]) => Promise<void>) {
    this.#write = write;
  }

  /** Takes an item; it is written soon. */
  add(item: Item): void {
    this.#gathered.push(item);
    this.#timer ??= setTimeout(() => this.#flush(), BATCH_AGE_MS);
  }

  /** Waits while a full batch is being written; throws what writing threw. */
  async ready(): Promise<void> {
    this.#check();
    if (this.#gathered.length < BATCH_ITEMS) return;
    this.#flush();
    await this.#writing;
    this.#check();
  }

  /** Writes what is left; throws what writing threw, now or before. */
  async close(): Promise<void> {
    this.#flush();
    await this.#writing;
    this.#check();
  }

  #check(): void {
    if (this.#error) throw this.#error.cause;
  }

  #flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#gathered.length === 0) return;
    const batch = this.#gathered;
    this.#gathered = [];
    this.#writing = this.#writing.then(async () => {
      if (this.#error) return;
      try {
        await this.#write(batch);
      } catch (cause) {
        this.#error = { cause };
      }
    });
  }
}
