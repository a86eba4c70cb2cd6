import { expect, test } from 'vitest';
import { createResolver } from '../../src/probe/resolver.js';

const { signal } = new AbortController();

test('asks once for a name that many wait for, however it is written', () => {
  const resolve = createResolver(5000);
  expect(resolve('localhost', signal)).toBe(resolve('LocalHost', signal));
});

test('remembers what it found', async () => {
  const resolve = createResolver(5000);
  const first = await resolve('localhost', signal);
  expect(await resolve('localhost', signal)).toBe(first);
});

test('forgets a failure that may be over the next time', async () => {
  const resolve = createResolver(5000);
  const stopped = await resolve('localhost', AbortSignal.abort());
  expect(stopped.failed?.outcome).toBe('cancelled');
  expect((await resolve('localhost', signal)).failed).toBeNull();
});

test('remembers no more than its share', async () => {
  const resolve = createResolver(5000);
  const first = resolve('localhost', signal);
  const aborted = AbortSignal.abort();
  const others = Array.from({ length: 20_000 }, (_, index) => resolve(`n${index}.invalid`, aborted));
  expect(resolve('localhost', signal)).not.toBe(first);
  await Promise.all([first, ...others]);
});
