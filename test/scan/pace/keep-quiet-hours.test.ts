import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { keepQuietHours } from '../../../src/scan/pace/keep-quiet-hours.js';
import { createPauseGate } from '../../../src/scan/pace/pause-gate.js';
import { parseQuietHours } from '../../../src/scan/pace/quiet-hours.js';

describe('keepQuietHours', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it('shuts the gate in quiet hours and opens it afterwards, and leaves other reasons alone', () => {
    const gate = createPauseGate();
    let now = new Date(2026, 10, 22, 7, 59, 59);
    const kept = keepQuietHours(gate, parseQuietHours('08:00-18:00'), () => now);
    expect([gate.isOpen, kept.until]).toEqual([true, null]);
    now = new Date(2026, 10, 22, 8, 0, 0);
    vi.advanceTimersByTime(1000);
    expect(gate.reasons).toEqual(['quiet hours']);
    expect(kept.until).toEqual(new Date(2026, 10, 22, 18, 0));
    gate.pause('user');
    now = new Date(2026, 10, 22, 18, 0, 0);
    vi.advanceTimersByTime(1000);
    expect([gate.reasons, kept.until]).toEqual([['user'], null]);
    kept.stop();
    now = new Date(2026, 10, 23, 9, 0, 0);
    vi.advanceTimersByTime(5000);
    expect(gate.reasons).toEqual(['user']);
  });
});
