import { expect, it } from 'vitest';
import { makeBoundedCache } from '../../src/x509/bounded-cache.js';

it('forgets what was not asked for longest', () => {
  const cache = makeBoundedCache<number>(2);
  cache.set('a', 1);
  cache.set('b', 2);
  expect(cache.get('a')).toBe(1);
  cache.set('c', 3);
  expect(cache.get('b')).toBeUndefined();
  expect(cache.get('a')).toBe(1);
  expect(cache.get('c')).toBe(3);
});

it('replaces a value without forgetting another', () => {
  const cache = makeBoundedCache<number>(2);
  cache.set('a', 1);
  cache.set('b', 2);
  cache.set('b', 3);
  expect([cache.get('a'), cache.get('b')]).toEqual([1, 3]);
});
