import fc from 'fast-check';
import { expect, it } from 'vitest';
import { makeResidueReader } from '../../../src/x509/keys/residue-reader.js';

/** Of all lengths up to the longest modulus that is worked on, and at the edges of them. */
const number = fc.oneof(
  fc.constantFrom(0n, 1n, 2n),
  fc.bigInt({ min: 0n, max: 2n ** 64n }),
  fc.bigInt({ min: 0n, max: 2n ** 16_384n }),
  fc
    .tuple(fc.integer({ min: 1, max: 16_384 }), fc.constantFrom(-1n, 0n, 1n))
    .map(([bits, more]) => 2n ** BigInt(bits) + more),
);
const moduli = fc.array(
  fc.oneof(
    fc.integer({ min: 1, max: 700 }),
    fc.integer({ min: 1, max: 2 ** 32 }),
    fc.constantFrom(2 ** 31, 2 ** 32),
  ),
  { maxLength: 80 },
);

const divide = (n: bigint, all: readonly number[]) => all.map((modulus) => Number(n % BigInt(modulus)));

it('gives the same residues as dividing by one after another', () => {
  fc.assert(
    fc.property(number, moduli, (n, all) => {
      expect([...makeResidueReader(all)(n)]).toEqual(divide(n, all));
    }),
  );
});

it('is right about numbers just below a multiple, where quotients round up', () => {
  const all = [3, 7, 167, 65_537, 2 ** 26 - 5];
  const read = makeResidueReader(all);
  const product = all.reduce((so, modulus) => so * BigInt(modulus), 1n);
  fc.assert(
    fc.property(fc.bigInt({ min: 1n, max: 2n ** 60n }), (times) => {
      for (const factor of [product, ...all.map(BigInt)]) {
        const n = times * factor - 1n;
        expect([...read(n)]).toEqual(divide(n, all));
      }
    }),
  );
});

it('reads only as many as it is asked for', () => {
  const all = Array.from({ length: 70 }, (_, at) => 900 + at);
  const n = 5n ** 900n;
  const read = makeResidueReader(all);
  for (const count of [0, 1, 5, 6, 31, 69, 70])
    expect([...read(n, count)]).toEqual(divide(n, all.slice(0, count)));
});
