import { describe, expect, it } from 'vitest';
import { TokenBucket } from '../../src/scan/token-bucket.js';

describe('TokenBucket', () => {
  it('spaces callers evenly, whoever waits at once', async () => {
    const bucket = new TokenBucket(100);
    const { signal } = new AbortController();
    const startedAt = performance.now();
    await Promise.all(Array.from({ length: 21 }, () => bucket.take(signal)));
    expect(performance.now() - startedAt).toBeGreaterThan(190);
  });

  it('keeps to the rate together with those that share its line', async () => {
    const line = new SharedArrayBuffer(8);
    const buckets = [new TokenBucket(100, line), new TokenBucket(100, line), new TokenBucket(100, line)];
    const { signal } = new AbortController();
    const startedAt = performance.now();
    await Promise.all(Array.from({ length: 7 }, () => buckets.map((bucket) => bucket.take(signal))).flat());
    expect(performance.now() - startedAt).toBeGreaterThan(190);
  });

  it('does not make up for a pause with a burst', async () => {
    const bucket = new TokenBucket(20);
    const { signal } = new AbortController();
    await bucket.take(signal);
    await new Promise((resolve) => setTimeout(resolve, 120));
    const startedAt = performance.now();
    for (let caller = 0; caller < 3; caller += 1) await bucket.take(signal);
    expect(performance.now() - startedAt).toBeGreaterThan(90);
  });

  it('lets everybody go when the signal aborts', async () => {
    const bucket = new TokenBucket(0.001);
    const stopper = new AbortController();
    await bucket.take(stopper.signal);
    const waiting = bucket.take(stopper.signal);
    stopper.abort();
    await waiting;
    await bucket.take(stopper.signal);
  });
});
