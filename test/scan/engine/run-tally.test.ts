import { describe, expect, it } from 'vitest';
import { openRunTally } from '../../../src/scan/engine/run-tally.js';

describe('a tally', () => {
  it('is one for all who opened it', () => {
    const tally = openRunTally();
    const other = openRunTally(tally.buffer);
    tally.retried();
    other.retried();
    expect(tally.retries).toBe(2);
    other.worked();
    expect(tally.idleMs).toBeLessThan(1000);
  });
});
