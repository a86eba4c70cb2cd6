import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { startStopwatch } from '../../src/probe/stopwatch.js';

/** Keeps the process busy, as a long judgement or a slow disk would. */
function block(ms: number): void {
  const end = performance.now() + ms;
  while (performance.now() < end);
}

describe('a stopwatch', () => {
  it('measures the time between start and stop', async () => {
    const measured: number[] = [];
    for (let turn = 0; turn < 20 && measured.length === 0; turn += 1) {
      const stopwatch = startStopwatch();
      await delay(60);
      const ms = stopwatch.stop();
      if (ms !== null) measured.push(ms);
    }
    expect(measured[0]).toBeGreaterThan(55);
  });

  it('says nothing when the process was busy until the end', () => {
    const stopwatch = startStopwatch();
    block(90);
    expect(stopwatch.stop()).toBeNull();
  });

  it('says nothing when the process was busy in between', async () => {
    const stopwatch = startStopwatch();
    await delay(30);
    block(120);
    await delay(60);
    expect(stopwatch.stop()).toBeNull();
  });

  it('does not mind what happened before it was started', () => {
    const first = startStopwatch();
    block(90);
    expect(first.stop()).toBeNull();
    expect(startStopwatch().stop()).toBeLessThan(50);
  });

  it('does not blame one for the time before another', async () => {
    const first = startStopwatch();
    block(120);
    await delay(30);
    const second = startStopwatch();
    expect(second.stop()).not.toBeNull();
    expect(first.stop()).toBeNull();
  });

  it('has nothing to say when it is stopped again', () => {
    const stopwatch = startStopwatch();
    stopwatch.stop();
    expect(stopwatch.stop()).toBeNull();
  });
});
