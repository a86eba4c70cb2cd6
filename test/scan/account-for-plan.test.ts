import { describe, expect, it } from 'vitest';
import type { Coverage } from '../../src/model/coverage.js';
import { OUTCOMES, type Outcome } from '../../src/model/outcome.js';
import type { RunProgress } from '../../src/model/run-progress.js';
import { accountForPlan } from '../../src/scan/account-for-plan.js';

function account(
  counts: Partial<Record<Outcome, number>>,
  progress: Partial<RunProgress> | null,
  size: number,
  isComplete = true,
) {
  const outcomes = Object.fromEntries(
    OUTCOMES.map((name) => [name, counts[name] ?? 0]),
  ) as Coverage['outcomes'];
  const inventory = {
    coverage: async () => ({ outcomes, ports: [], subnets: [] }),
    progress: async () =>
      progress && { planDigest: '', doneBefore: 0, doneBeyond: new Uint8Array(), extra: 0, ...progress },
  };
  return accountForPlan(inventory, 'run', size, isComplete);
}

describe('accountForPlan', () => {
  it.each([
    ['a plan that is done', { tls: 3, refused: 5 }, { doneBefore: 8 }, 8, true],
    ['names with several addresses', { tls: 10 }, { doneBefore: 8, extra: 2 }, 8, true],
    [
      'one that was stopped, with entries done here and there',
      { tls: 11 },
      { doneBefore: 8, doneBeyond: Uint8Array.of(0b101, 1) },
      100,
      false,
    ],
    ['one that was stopped before anything was stored', {}, null, 100, false],
  ] as const)('finds nothing amiss with %s', async (_what, counts, progress, size, isComplete) => {
    expect((await account(counts, progress, size, isComplete)).problem).toBeNull();
  });

  it.each([
    ['entries that are missing', { tls: 7 }, { doneBefore: 7 }, 8, /of 8 entries of the plan 7 are done/],
    [
      'observations that are missing',
      { tls: 7 },
      { doneBefore: 8 },
      8,
      /8 entries are done.*but 7 observations are stored/,
    ],
    ['observations of no entry', { tls: 9 }, { doneBefore: 8 }, 8, /but 9 observations/],
  ] as const)('tells of %s', async (_what, counts, progress, size, problem) => {
    expect((await account(counts, progress, size)).problem).toMatch(problem);
  });
});
