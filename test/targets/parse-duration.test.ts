import { describe, expect, test } from 'vitest';
import { UsageError } from '../../src/model/usage-error.js';
import { parseDuration } from '../../src/targets/parse-duration.js';

describe('a duration', () => {
  test.each([
    ['30m', 1_800_000],
    ['36h', 129_600_000],
    ['7d', 604_800_000],
    ['2w', 1_209_600_000],
    [' 7D ', 604_800_000],
    ['99999w', 99_999 * 604_800_000],
  ])('%s is understood', (text, milliseconds) => {
    expect(parseDuration(text, '--older-than')).toBe(milliseconds);
  });

  test.each(['', '7', 'd', '0d', '-7d', '1.5h', '7 d', '7y', '7days', '100000d', '٧d', '1d12h'])(
    '%j is refused',
    (text) => {
      expect(() => parseDuration(text, '--older-than')).toThrow(UsageError);
      expect(() => parseDuration(text, '--older-than')).toThrow('--older-than: ');
    },
  );

  test('that is none is told with what would be one', () => {
    expect(() => parseDuration('7y', '--older-than')).toThrow(
      '--older-than: "7y" is no duration: write minutes, hours, days or weeks above 0, as 30m, 36h, 7d or 2w',
    );
  });
});
