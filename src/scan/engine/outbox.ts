import type { FinishedEntry } from '../../store/finished-entry.js';
import type { JudgedObservation } from '../../store/save-observations.js';
import { entryWeight } from './entry-weight.js';

/** Entries that a worker delivers together: enough that the cost of a message vanishes. */
export const BATCH_ENTRIES = 128;

/** Weight of a batch that is delivered though it has fewer entries: about a megabyte. */
const BATCH_WEIGHT = 256;

/** What has waited this long is delivered, with the rest of its batch. */
const BATCH_AGE_MS = 50;

/** What an outbox needs. */
export interface OutboxOptions {
  /** The weight that may be delivered and not yet stored, or wait to be delivered; see `entryWeight`. */
  readonly credit: number;
  /** Entries delivered together. */
  readonly batchEntries: number;
  deliver(batch: readonly FinishedEntry[]): void;
  /** Called when there is room again after it was full. */
  emptied(): void;
}

/** Gathers finished entries, delivers them in batches, and says when to wait, as those delivered are not stored yet. */
export class Outbox {
  readonly #options: OutboxOptions;
  #batch: FinishedEntry[] = [];
  #batchWeight = 0;
  #weight = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: OutboxOptions) {
    this.#options = options;
  }

  /** Nothing more should be begun until there is room. */
  get isFull(): boolean {
    return this.#weight >= this.#options.credit;
  }

  /** Takes a finished entry. */
  add(entry: number, observations: readonly JudgedObservation[]): void {
    const weight = entryWeight(observations);
    this.#batch.push({ entry, observations });
    this.#batchWeight += weight;
    this.#weight += weight;
    const isWhole = this.#batch.length >= this.#options.batchEntries;
    if (isWhole || this.#batchWeight >= BATCH_WEIGHT || this.isFull) this.flush();
    else this.#timer ??= setTimeout(() => this.flush(), BATCH_AGE_MS);
  }

  /** Notes that entries of this weight are stored. */
  stored(weight: number): void {
    const wasFull = this.isFull;
    this.#weight -= weight;
    if (wasFull && !this.isFull) this.#options.emptied();
  }

  /** Delivers what there is at once. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#batch.length === 0) return;
    const batch = this.#batch;
    this.#batch = [];
    this.#batchWeight = 0;
    this.#options.deliver(batch);
  }
}
