import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createConnectTimeouts } from '../../../src/scan/pace/connect-timeouts.js';

const NORMAL = { leastMs: 1500, mostMs: 3000 };

function answer(
  times: number,
  address: (index: number) => string,
  ms: number,
  timeouts = createConnectTimeouts(NORMAL),
) {
  for (let index = 0; index < times; index += 1) timeouts.answered(address(index), ms);
  return timeouts;
}

describe('connect timeouts', () => {
  it('are the longest while nothing is known', () => {
    expect(createConnectTimeouts(NORMAL).timeoutFor('192.0.2.1')).toBe(3000);
  });

  it('are the shortest where a subnet answers at once', () => {
    const timeouts = answer(8, (index) => `192.0.2.${index}`, 1);
    expect(timeouts.timeoutFor('192.0.2.200')).toBe(1500);
  });

  it('wait for enough answers', () => {
    const timeouts = answer(7, (index) => `192.0.2.${index}`, 1);
    expect(timeouts.timeoutFor('192.0.2.200')).toBe(3000);
  });

  it('forgive a lost SYN on a long path', () => {
    const timeouts = answer(30, (index) => `192.0.2.${index}`, 800);
    expect(timeouts.timeoutFor('192.0.2.200')).toBeGreaterThanOrEqual(1800);
    expect(timeouts.timeoutFor('192.0.2.200')).toBeLessThan(1900);
  });

  it('make room where a sleeper woke slowly, and there alone', () => {
    const timeouts = answer(64, (index) => `192.0.2.${index}`, 1);
    answer(64, (index) => `198.51.100.${index}`, 1, timeouts);
    timeouts.answered('192.0.2.99', 1400);
    answer(64, (index) => `198.51.100.${index}`, 1, timeouts);
    expect(timeouts.timeoutFor('192.0.2.200')).toBe(2400);
    expect(timeouts.timeoutFor('198.51.100.200')).toBe(1500);
    answer(16, (index) => `192.0.2.${index}`, 1, timeouts);
    expect(timeouts.timeoutFor('192.0.2.200')).toBe(1500);
  });

  it('go by all subnets where one has told nothing', () => {
    const timeouts = answer(64, (index) => `10.0.${index}.1`, 1);
    expect(timeouts.timeoutFor('192.0.2.1')).toBe(1500);
    timeouts.answered('192.0.2.7', 900);
    expect(timeouts.timeoutFor('192.0.2.1')).toBeGreaterThanOrEqual(1900);
    answer(64, (index) => `10.0.${index}.1`, 1, timeouts);
    expect(timeouts.timeoutFor('192.0.2.1')).toBe(1900);
    expect(timeouts.timeoutFor('198.51.100.1')).toBe(1500);
  });

  it('know the /64 of an IPv6 address', () => {
    const timeouts = answer(8, (index) => `2001:db8:0:1::${index + 1}`, 1);
    expect(timeouts.timeoutFor('2001:db8:0:1:ffff::1')).toBe(1500);
    expect(timeouts.timeoutFor('2001:db8:0:2::1')).toBe(3000);
  });

  it('take an address with a zone for one of no subnet', () => {
    const timeouts = answer(64, () => 'fe80::1%eth0', 1);
    expect(timeouts.timeoutFor('fe80::2%eth0')).toBe(1500);
  });

  it('forget the subnets that answered longest ago', () => {
    const timeouts = answer(8, () => '192.0.2.1', 700);
    expect(timeouts.timeoutFor('192.0.2.1')).toBeGreaterThan(1700);
    answer(4096, (index) => `10.${index >> 8}.${index & 255}.1`, 1, timeouts);
    expect(timeouts.timeoutFor('192.0.2.1')).toBe(1500);
  });

  it('never leave their bounds, nor cut off the slowest of the last answers that fits within', () => {
    const times = fc.array(fc.double({ min: 0, max: 5000, noNaN: true }), { minLength: 8, maxLength: 200 });
    fc.assert(
      fc.property(times, (all) => {
        const timeouts = createConnectTimeouts(NORMAL);
        for (const ms of all) timeouts.answered('192.0.2.1', ms);
        const timeout = timeouts.timeoutFor('192.0.2.2');
        expect(timeout).toBeGreaterThanOrEqual(Math.min(3000, Math.max(1500, ...all.slice(-16))));
        expect(timeout).toBeLessThanOrEqual(3000);
      }),
    );
  });

  it.each([
    { leastMs: 0, mostMs: 1 },
    { leastMs: 2, mostMs: 1 },
    { leastMs: Number.NaN, mostMs: 1 },
  ])('refuse the bounds $leastMs to $mostMs', (bounds) => {
    expect(() => createConnectTimeouts(bounds)).toThrow(RangeError);
  });
});
