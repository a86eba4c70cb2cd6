import { describe, expect, it } from 'vitest';
import { createRoundTrip } from '../../../src/scan/pace/round-trip.js';

describe('a round trip', () => {
  it('is nothing before the first answer', () => {
    expect(createRoundTrip(4)).toMatchObject({ count: 0, expectedMs: 0, slowestMs: 0 });
  });

  it('follows RFC 6298, section 2', () => {
    const trip = createRoundTrip(4);
    trip.add(100);
    expect(trip.expectedMs).toBe(100 + 4 * 50);
    trip.add(200);
    expect(trip.expectedMs).toBeCloseTo(112.5 + 4 * 62.5);
  });

  it('narrows while answers are alike', () => {
    const trip = createRoundTrip(4);
    for (let answer = 0; answer < 50; answer += 1) trip.add(20);
    expect(trip.expectedMs).toBeCloseTo(20, 1);
  });

  it('takes no sample of what may be a second SYN, but remembers how long it took', () => {
    const trip = createRoundTrip(4);
    for (let answer = 0; answer < 50; answer += 1) trip.add(20);
    trip.add(1020);
    expect(trip.expectedMs).toBeCloseTo(20, 1);
    expect(trip.slowestMs).toBe(1020);
  });

  it('forgets slow answers after as many others as it remembers', () => {
    const trip = createRoundTrip(4);
    trip.add(700);
    for (let answer = 0; answer < 3; answer += 1) trip.add(5);
    expect(trip.slowestMs).toBe(700);
    trip.add(5);
    expect(trip.slowestMs).toBe(5);
  });
});
