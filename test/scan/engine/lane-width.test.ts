import { describe, expect, it } from 'vitest';
import { makeLaneWidth } from '../../../src/scan/engine/lane-width.js';

describe('the width of lanes', () => {
  it('is halved once by all that began before it was, and is never below one', () => {
    const width = makeLaneWidth(100);
    width.narrow(0, 10);
    width.narrow(5, 11);
    width.narrow(9, 12);
    expect(width.current).toBe(50);
    for (let now = 20; now < 200; now += 10) width.narrow(now, now);
    expect(width.current).toBe(1);
  });

  it('grows slowly while nothing is amiss, and never beyond the whole', () => {
    const width = makeLaneWidth(64);
    width.narrow(0, 0);
    for (let now = 0; now < 1000; now += 10) width.worked(now);
    expect(width.current).toBe(32);
    width.worked(1000);
    expect(width.current).toBe(34);
    for (let now = 1000; now < 60_000; now += 100) width.worked(now);
    expect(width.current).toBe(64);
  });
});
