import { expect, test } from 'vitest';
import { Budget, MAX_ENDPOINT_BYTES } from '../../src/probe/budget.js';

const LIMITS = { connectTimeoutMs: 1000, timeoutMs: 60_000 };

test('admits exactly its share of bytes', () => {
  const budget = new Budget(LIMITS);
  expect(budget.spendBytes(MAX_ENDPOINT_BYTES - 1)).toBe(true);
  expect(budget.spendBytes(1)).toBe(true);
  expect(budget.spendBytes(1)).toBe(false);
});

test('counts down to its deadline and no further', () => {
  const { remainingMs } = new Budget(LIMITS);
  expect(remainingMs).toBeGreaterThan(0);
  expect(remainingMs).toBeLessThanOrEqual(60_000);
  expect(new Budget({ ...LIMITS, timeoutMs: 0 }).remainingMs).toBe(0);
});

test.each([
  { stage: 'connect', outcome: 'connect-timeout' },
  { stage: 'starttls', outcome: 'handshake-timeout' },
  { stage: 'handshake', outcome: 'handshake-timeout' },
] as const)('calls a deadline that passes at stage $stage a $outcome', ({ stage, outcome }) => {
  const failure = new Budget(LIMITS).timeoutFailure(stage);
  expect(failure.outcome).toBe(outcome);
  expect(failure.toFailure()).toEqual({
    stage,
    code: 'timeout',
    detail: 'no complete answer within 60000 ms',
  });
});
