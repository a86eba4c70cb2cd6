import { describe, expect, it } from 'vitest';
import { chooseWorkers } from '../../../src/scan/engine/choose-workers.js';

describe('chooseWorkers', () => {
  it.each([
    ['nothing is asked for', { asked: undefined, planSize: 100_000, concurrency: 250, cores: 4 }, 4],
    ['there are many cores', { asked: undefined, planSize: 100_000, concurrency: 5000, cores: 64 }, 8],
    ['few are in flight', { asked: undefined, planSize: 100_000, concurrency: 20, cores: 4 }, 1],
    ['the plan is small', { asked: undefined, planSize: 50, concurrency: 250, cores: 4 }, 0],
    ['some are asked for', { asked: 3, planSize: 50, concurrency: 250, cores: 1 }, 3],
    ['none is wanted', { asked: 0, planSize: 100_000, concurrency: 250, cores: 4 }, 0],
  ])('when %s', (_when, choice, workers) => {
    expect(chooseWorkers(choice)).toBe(workers);
  });
});
