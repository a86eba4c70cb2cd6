import { type FifoBounds, makeFifoTable } from './fifo-table.js';

/** Numbers things of one kind in the order in which they are first sent, as long as the other side remembers them. */
export interface Numbering {
  /** The number of what has this content; undefined: it has to be sent. */
  numberOf(content: string): number | undefined;
  /** Gives what has this content, and is sent now, the next number. */
  add(content: string, weight: number): void;
  /** The number of this very object; undefined: its content may have one all the same. */
  find(thing: object): number | undefined;
  /** Remembers that an object has this content. */
  remember(thing: object, content: string): void;
}

/** Makes the numbering of one kind; the other side keeps a table of the same bounds. */
export function makeNumbering(bounds: FifoBounds): Numbering {
  const numbers = makeFifoTable<string, number>(bounds);
  const objects = new WeakMap<object, number>();
  let next = 0;
  return {
    numberOf: (content) => numbers.get(content),
    add(content, weight) {
      numbers.add(content, next, weight);
      next += 1;
    },
    find(thing) {
      const number = objects.get(thing);
      // What is held are the latest: the table forgets in the order in which it took.
      return number !== undefined && number >= next - numbers.size ? number : undefined;
    },
    remember(thing, content) {
      const number = numbers.get(content);
      if (number !== undefined) objects.set(thing, number);
    },
  };
}

/** Refers to what has this content: by its number, or, when it has none, by what `write` makes of its weight. */
export function referTo(
  numbering: Numbering,
  content: string,
  weight: number,
  write: (weight: number) => string,
): string | number {
  const known = numbering.numberOf(content);
  if (known !== undefined) return known;
  const written = write(weight);
  numbering.add(content, weight);
  return written;
}
