import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { findExpiryWindow } from '../../src/grade/find-expiry-window.js';
import { parsePolicy } from '../../src/grade/parse-policy.js';
import { DEFAULT_POLICY, type ExpiryWindow } from '../../src/grade/policy.js';

const DAY_MS = 86_400_000;
const YEAR_MS = 365 * DAY_MS;

const windowOf = (change: Partial<ExpiryWindow>): ExpiryWindow => ({
  ...{ days: null, share: null, severity: null },
  ...change,
});

describe('findExpiryWindow', () => {
  it.each([
    [31, null],
    [30, 'low'],
    [15, 'low'],
    [14, 'medium'],
    [7, 'high'],
    [4, 'high'],
    [3, 'critical'],
  ])('rates %s days of a year as the example of the manual says', (days, severity) => {
    const page = readFileSync(path.join(import.meta.dirname, '../../docs/policy.md'), 'utf8');
    const [, example = ''] = /^```yaml\n(expiring:[\s\S]*?)^```$/m.exec(page) ?? [];
    const { expiring } = parsePolicy(example, 'docs/policy.md');
    expect(expiring).toHaveLength(4);
    const found = findExpiryWindow(expiring, days * DAY_MS, YEAR_MS, 'medium');
    expect(found?.severity ?? null).toBe(severity);
  });

  it('has one window of thirty days where nobody says otherwise', () => {
    const find = (days: number) =>
      findExpiryWindow(DEFAULT_POLICY.expiring, days * DAY_MS, YEAR_MS, 'medium');
    expect(find(30)).toEqual({ lengthMs: 30 * DAY_MS, severity: null });
    expect(find(30.01)).toBeNull();
  });

  it('takes the shortest of windows that are equally grave, one without a severity as the finding is', () => {
    const windows = [
      windowOf({ days: 30 }),
      windowOf({ days: 10, severity: 'medium' }),
      windowOf({ days: 20 }),
    ];
    expect(findExpiryWindow(windows, DAY_MS, YEAR_MS, 'medium')?.lengthMs).toBe(10 * DAY_MS);
  });

  it('takes the shorter of days and share, and neither where the lifetime is unknown and only a share is given', () => {
    const both = [windowOf({ days: 30, share: 0.01 })];
    expect(findExpiryWindow(both, 5 * DAY_MS, YEAR_MS, 'medium')).toBeNull();
    expect(findExpiryWindow(both, 3 * DAY_MS, YEAR_MS, 'medium')).not.toBeNull();
    expect(findExpiryWindow(both, 5 * DAY_MS, null, 'medium')).not.toBeNull();
    expect(findExpiryWindow([windowOf({ share: 1 })], DAY_MS, null, 'medium')).toBeNull();
  });
});
