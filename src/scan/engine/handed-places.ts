import type { Slice } from './slice.js';
import { SLICE_ENTRIES } from './slice-source.js';

/** What a dead worker leaves behind. */
export interface LeftPlaces {
  /** To be worked off by others. */
  readonly slices: readonly Slice[];
  /** Places that were under way in so many deaths that no worker shall touch them again. */
  readonly deadly: readonly number[];
}

/** Deaths at a place until it is given up: after the second it is visited alone, so the third proves it. */
export const MAX_DEATHS = 3;

/** Places of one slice of those that were under way: few enough that several workers can share them. */
const SUSPECTS = 64;

/** Keeps which places one worker has been handed and has not finished. */
export class HandedPlaces {
  /** In the order of handing, which is that in which they are begun: the number in this order, and earlier deaths. */
  readonly #places = new Map<number, { readonly number: number; readonly deaths: number }>();
  #handed = 0;

  /** Notes that the worker has been handed a slice. */
  hand({ deaths, places }: Slice): void {
    for (const place of places) {
      this.#places.set(place, { number: this.#handed, deaths });
      this.#handed += 1;
    }
  }

  /** Notes that the worker has finished a place; false: it never had it, or has finished it before. */
  finish(place: number): boolean {
    return this.#places.delete(place);
  }

  /** What is to be done again when the worker has died after it had begun so many of its places. */
  leave(begun: number): LeftPlaces {
    const deadly: number[] = [];
    const untouched: number[][] = Array.from({ length: MAX_DEATHS }, () => []);
    const suspect: number[][] = Array.from({ length: MAX_DEATHS }, () => []);
    for (const [place, { deaths, number }] of this.#places) {
      if (number >= begun) untouched[deaths]?.push(place);
      else (suspect[deaths + 1] ?? deadly).push(place);
    }
    const slices = [...untouched.entries()].flatMap(([deaths, places]) => cut(places, SLICE_ENTRIES, deaths));
    slices.push(...[...suspect.entries()].flatMap(([deaths, places]) => cut(places, SUSPECTS, deaths)));
    return { slices, deadly };
  }
}

function cut(places: readonly number[], entries: number, deaths: number): Slice[] {
  const slices: Slice[] = [];
  for (let first = 0; first < places.length; first += entries)
    slices.push({ places: Float64Array.from(places.slice(first, first + entries)), deaths });
  return slices;
}
