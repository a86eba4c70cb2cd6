import { Spool } from './spool.js';

/** Characters sorted in memory at a time; the rest waits on disk, sorted run by run. */
const RUN_CHARACTERS = 8 * 1024 * 1024;

interface Entry {
  readonly key: string;
  /** JSON without line ends. */
  readonly text: string;
}

/** Sorts any number of plain JSON values by a key, in bounded memory; what has the same key keeps its order. */
export class ExternalSorter<Item> {
  readonly #spool = new Spool();
  readonly #runs: { readonly from: number; readonly to: number }[] = [];
  readonly #runCharacters: number;
  #entries: Entry[] = [];
  #characters = 0;

  constructor(runCharacters = RUN_CHARACTERS) {
    this.#runCharacters = runCharacters;
  }

  /** Takes in one item. */
  async add(key: string, item: Item): Promise<void> {
    const text = JSON.stringify(item);
    this.#entries.push({ key, text });
    this.#characters += key.length + text.length;
    if (this.#characters >= this.#runCharacters) await this.#putRunAside();
  }

  /** Hands out all items, sorted; to be asked once. */
  async *sorted(): AsyncGenerator<{ readonly key: string; readonly item: Item }> {
    this.#sortRun();
    const inMemory = (async function* (entries: readonly Entry[]) {
      yield* entries;
    })(this.#entries);
    const parts = [...this.#runs.map(({ from, to }) => this.#readRun(from, to)), inMemory];
    for await (const { key, text } of merge(parts)) yield { key, item: JSON.parse(text) };
  }

  /** Gives memory and disk back. */
  async close(): Promise<void> {
    this.#entries = [];
    await this.#spool.close();
  }

  #sortRun(): void {
    this.#entries.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  }

  async #putRunAside(): Promise<void> {
    this.#sortRun();
    const from = this.#spool.size;
    for (const { key, text } of this.#entries) await this.#spool.append(`${JSON.stringify(key)}\t${text}\n`);
    this.#runs.push({ from, to: this.#spool.size });
    this.#entries = [];
    this.#characters = 0;
  }

  async *#readRun(from: number, to: number): AsyncGenerator<Entry> {
    for await (const line of this.#spool.readLines(from, to)) {
      const tab = line.indexOf('\t');
      yield { key: JSON.parse(line.slice(0, tab)), text: line.slice(tab + 1) };
    }
  }
}

/** Merges sorted parts, earlier ones first among equals, two by two: each item passes few hands. */
function merge(parts: readonly AsyncGenerator<Entry>[]): AsyncGenerator<Entry> {
  const [only] = parts;
  if (only && parts.length === 1) return only;
  const middle = Math.ceil(parts.length / 2);
  return mergeTwo(merge(parts.slice(0, middle)), merge(parts.slice(middle)));
}

async function* mergeTwo(a: AsyncGenerator<Entry>, b: AsyncGenerator<Entry>): AsyncGenerator<Entry> {
  let left = await a.next();
  let right = await b.next();
  while (!left.done || !right.done) {
    if (!left.done && (right.done || left.value.key <= right.value.key)) {
      yield left.value;
      left = await a.next();
    } else if (!right.done) {
      yield right.value;
      right = await b.next();
    }
  }
}
