import { describe, expect, it } from 'vitest';
import { describePause } from '../../../src/cli/print/describe-pause.js';

describe('describePause', () => {
  it.each([
    { reasons: [], until: null, text: null },
    { reasons: ['user'], until: null, text: 'paused (by hand)' },
    {
      reasons: ['quiet hours', 'user'],
      until: new Date(2026, 10, 22, 18, 0),
      text: 'paused (quiet hours until 2026-11-22 18:00, by hand)',
    },
    { reasons: ['network away'], until: null, text: 'paused (the network is away)' },
  ] as const)('says $text', ({ reasons, until, text }) => {
    expect(describePause(reasons, until)).toBe(text);
  });
});
