import { expect, it } from 'vitest';
import { splitDigests } from '../../src/store/split-digests.js';

const DIGESTS = Buffer.concat([Buffer.alloc(32, 0xaa), Buffer.alloc(32, 0xbb)]);

it.each([
  ['all of them', 2, ['aa'.repeat(32), 'bb'.repeat(32)]],
  ['the first of them', 1, ['aa'.repeat(32)]],
  ['none', 0, []],
  ['no more than there are', 3, ['aa'.repeat(32), 'bb'.repeat(32)]],
] as const)('reads %s', (_name, count, digests) => {
  expect(splitDigests(DIGESTS, count)).toEqual(digests);
});
