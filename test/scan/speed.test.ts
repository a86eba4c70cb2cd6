import { describe, expect, it } from 'vitest';
import { fitConcurrency } from '../../src/scan/pace/fit-concurrency.js';
import { POSTURE_PER_ADDRESS, SPEEDS } from '../../src/scan/speed.js';

describe.each(Object.entries(SPEEDS))('the pace %s', (_, pace) => {
  it('connects within bounds, which fit into the time of an endpoint', () => {
    const { leastMs, mostMs } = pace.connectTimeout;
    expect(leastMs).toBeLessThanOrEqual(mostMs);
    expect(mostMs).toBe(pace.limits.connectTimeoutMs);
    expect(mostMs).toBeLessThan(pace.limits.timeoutMs);
  });

  it('has limits that nest', () => {
    expect(POSTURE_PER_ADDRESS).toBeLessThanOrEqual(pace.perAddress);
    expect(pace.perAddress).toBeLessThanOrEqual(pace.perSubnet);
    expect(pace.perSubnet).toBeLessThanOrEqual(pace.concurrency);
  });

  it('fits into the descriptors of a server', () => {
    expect(fitConcurrency(pace.concurrency, null).needed).toBeLessThan(4096);
  });
});
