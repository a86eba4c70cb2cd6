import { expect, it } from 'vitest';
import { hashWords } from '../../../src/scan/pace/hash-words.js';

const BUCKETS = 1024;
const EACH = 64;

it.each<[string, (index: number) => number]>([
  ['the addresses of an IPv4 network', (index) => hashWords(0, 0, 0xffff, 0x0a000000 + index)],
  ['one address of each /24', (index) => hashWords(0, 0, 0xffff, index << 8)],
  ['the /64 networks of an IPv6 site', (index) => hashWords(0x20010db8, index, 0, 0)],
  ['the first addresses of an IPv6 network', (index) => hashWords(0x20010db8, 0, 0, index)],
])('spreads %s evenly', (_, hash) => {
  const counts = new Array<number>(BUCKETS).fill(0);
  for (let index = 0; index < BUCKETS * EACH; index += 1) {
    const bucket = hash(index) % BUCKETS;
    counts[bucket] = (counts[bucket] ?? 0) + 1;
  }
  // Chance alone keeps a bucket within seven standard deviations (eight each) of its share.
  expect(Math.max(...counts)).toBeLessThan(EACH + 56);
  expect(Math.min(...counts)).toBeGreaterThan(EACH - 56);
});
