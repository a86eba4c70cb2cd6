import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeSubnetIndex } from '../../src/store/subnet-index.js';

/** Networks and addresses that meet often: of four bits in the first byte and the last. */
const bytes = (length: number) =>
  fc.tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 3 })).map(([first, last]) => {
    const address = new Uint8Array(length);
    address[0] = first === 3 ? 255 : first;
    address[length - 1] = last === 3 ? 255 : last;
    if (first === 3 && last === 3) address.fill(255);
    return address;
  });

const address = fc.constantFrom(4, 16).chain(bytes);

const subnet = fc.tuple(address, fc.constantFrom(0, 1, 7, 8, 9, 1000)).map(([at, spared]) => {
  const prefix = spared === 1000 ? 0 : at.length * 8 - spared;
  const mask = (index: number) => 0xff >> Math.min(8, Math.max(0, prefix - index * 8));
  return {
    first: Uint8Array.from(at, (byte, index) => byte & ~mask(index)),
    last: Uint8Array.from(at, (byte, index) => byte | mask(index)),
  };
});

describe('the index of networks', () => {
  it('finds the first of all that hold an address', () => {
    fc.assert(
      fc.property(
        fc.array(subnet, { maxLength: 12 }),
        fc.array(address, { minLength: 1 }),
        (subnets, asked) => {
          const ranked = subnets.map((each, rank) => ({ ...each, rank }));
          const find = makeSubnetIndex([...ranked].reverse());
          for (const one of asked) {
            const holding = ranked.filter(
              ({ first, last }) =>
                first.length === one.length &&
                Buffer.compare(first, one) <= 0 &&
                Buffer.compare(one, last) <= 0,
            );
            expect(find(one)).toBe(Math.min(...holding.map(({ rank }) => rank)));
          }
        },
      ),
    );
  });

  it('knows nothing of what has no address, and looks past a zone', () => {
    const all = { first: new Uint8Array(16), last: new Uint8Array(16).fill(255), rank: 0 };
    expect(makeSubnetIndex([all])(new Uint8Array(20))).toBe(0);
    expect(makeSubnetIndex([all])(new Uint8Array(0))).toBe(Number.POSITIVE_INFINITY);
    expect(makeSubnetIndex([])(new Uint8Array(4))).toBe(Number.POSITIVE_INFINITY);
  });
});
