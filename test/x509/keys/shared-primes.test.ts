import { generatePrimeSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { findSharedPrimes, type SharedPrimeSearch } from '../../../src/x509/keys/shared-primes.js';

const primes = Array.from({ length: 24 }, () => generatePrimeSync(128, { bigint: true }));

/** The product of some of the primes, by their places. */
const modulus = (...places: readonly number[]) =>
  places.reduce((product, place) => product * (primes[place] ?? 1n), 1n);

interface Row extends Partial<SharedPrimeSearch> {
  readonly name: string;
  readonly places: readonly number[];
  readonly groups: readonly (readonly number[])[];
}

const ROWS: readonly Row[] = [
  { name: 'no moduli', places: [], groups: [] },
  { name: 'moduli without a prime in common', fresh: [modulus(0, 1), modulus(2, 3)], places: [], groups: [] },
  {
    name: 'two groups',
    fresh: [modulus(0, 1), modulus(2, 3), modulus(0, 4), modulus(5, 6), modulus(2, 7), modulus(0, 8)],
    places: [0, 1, 2, 4, 5],
    groups: [
      [0, 2, 5],
      [1, 4],
    ],
  },
  {
    name: 'a modulus both of whose primes are shared',
    fresh: [modulus(0, 1), modulus(0, 2), modulus(1, 3)],
    places: [0, 1, 2],
    groups: [
      [0, 1],
      [0, 2],
    ],
  },
  {
    name: 'a ring in which all primes are shared',
    fresh: [modulus(0, 1), modulus(1, 2), modulus(2, 0)],
    places: [0, 1, 2],
    groups: [
      [0, 1],
      [0, 2],
      [1, 2],
    ],
  },
  {
    name: 'all pairs of a few primes, as a generator with nine primes makes them',
    fresh: [modulus(0, 1), modulus(0, 2), modulus(0, 3), modulus(1, 2), modulus(1, 3), modulus(2, 3)],
    places: [0, 1, 2, 3, 4, 5],
    groups: [
      [0, 1, 2],
      [0, 3, 4],
      [1, 3, 5],
      [2, 4, 5],
    ],
  },
  {
    name: 'a modulus of three primes of which two are shared',
    fresh: [modulus(0, 1, 2), modulus(0, 3), modulus(1, 4)],
    places: [0, 1, 2],
    groups: [
      [0, 1],
      [0, 2],
    ],
  },
  {
    name: 'a fresh modulus and a known one',
    fresh: [modulus(0, 1), modulus(2, 3)],
    known: [modulus(4, 5), modulus(2, 6)],
    places: [1, 3],
    groups: [[1, 3]],
  },
  {
    name: 'known moduli that were found before',
    fresh: [modulus(9, 10)],
    known: [modulus(0, 1), modulus(2, 3), modulus(0, 4)],
    suspects: [1, 3],
    places: [1, 3],
    groups: [[1, 3]],
  },
  {
    name: 'a fresh modulus that joins those found before',
    fresh: [modulus(0, 7)],
    known: [modulus(0, 1), modulus(2, 3), modulus(0, 4)],
    suspects: [1, 3],
    places: [0, 1, 3],
    groups: [[0, 1, 3]],
  },
  {
    name: 'moduli that share nothing but a small factor',
    fresh: [3n * modulus(0, 1), 3n * modulus(2, 3), 6n * modulus(4, 5), modulus(6, 7), modulus(6, 8)],
    places: [3, 4],
    groups: [[3, 4]],
  },
];

describe('findSharedPrimes', () => {
  it.each(ROWS)(
    'finds in $name what they share',
    ({ fresh = [], known = [], suspects = [], places, groups }) => {
      const found = findSharedPrimes({ fresh, known, suspects });
      expect(found.places).toEqual(places);
      expect([...found.groups].sort()).toEqual([...groups].sort());
    },
  );
});
