import { afterEach, describe, expect, it } from 'vitest';
import { Budget } from '../../src/probe/budget.js';
import { readSleptTime, watchSleptTime } from '../../src/probe/slept-time.js';

let stop = (): void => undefined;

afterEach(() => stop());

/** Puts this thread to sleep. */
function sleep(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

describe('the time that the process slept', () => {
  it('is counted where somebody watches', () => {
    stop = watchSleptTime();
    const before = readSleptTime();
    sleep(1500);
    expect(readSleptTime() - before).toBeGreaterThan(1200);
    expect(readSleptTime() - before).toBeLessThan(10_000);
  });

  it('is not the time in which it was busy', () => {
    stop = watchSleptTime();
    const before = readSleptTime();
    for (let turn = 0; turn < 5; turn += 1) {
      sleep(300);
      readSleptTime();
    }
    expect(readSleptTime()).toBe(before);
  });

  it('is not counted where nobody watches', () => {
    const before = readSleptTime();
    sleep(1500);
    stop = watchSleptTime();
    expect(readSleptTime()).toBe(before);
  });

  it('is no part of the budget of an endpoint', () => {
    stop = watchSleptTime();
    const budget = new Budget({ connectTimeoutMs: 1000, timeoutMs: 1000 });
    sleep(2500);
    expect(budget.remainingMs).toBeGreaterThan(500);
    expect(budget.remainingMs).toBeLessThanOrEqual(1000);
  });
});
