/** Kinds told apart: peers choose names, and may choose a new one for every certificate. */
const KINDS = 10_000;

/** One kind of thing and how many there are. */
export interface TallyCount {
  readonly name: string;
  readonly count: number;
}

/** Counts things by name, in bounded memory. */
export class Tally {
  readonly #counts = new Map<string, number>();
  #others = 0;

  /** Counts one thing. */
  add(name: string): void {
    const count = this.#counts.get(name);
    if (count === undefined && this.#counts.size >= KINDS) this.#others += 1;
    else this.#counts.set(name, (count ?? 0) + 1);
  }

  /** How many of one name. */
  count(name: string): number {
    return this.#counts.get(name) ?? 0;
  }

  /** The most frequent names first, no more than `limit`, and how many things have other ones. */
  top(limit: number): { readonly counts: readonly TallyCount[]; readonly others: number } {
    const all = [...this.#counts]
      .map(([name, count]) => ({ name, count }))
      .sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1));
    const others = all.slice(limit).reduce((sum, { count }) => sum + count, this.#others);
    return { counts: all.slice(0, limit), others };
  }
}
