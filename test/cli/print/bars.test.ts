import { describe, expect, it } from 'vitest';
import { formatBars } from '../../../src/cli/print/bars.js';
import { makeTextStyle } from '../../../src/cli/print/text-style.js';

const PLAIN = { ...makeTextStyle({ columns: 80, isTTY: false }, undefined), width: 80 };

describe('bars in the terminal', () => {
  it('align names and numbers, and fill the line', () => {
    const lines = formatBars(
      'By key',
      [
        { name: 'RSA 2048', count: 12_345 },
        { name: 'EC 256', count: 7 },
        { name: 'RSA 1024', count: 0 },
      ],
      PLAIN,
    ).split('\n');
    expect(lines).toEqual([
      'By key',
      `  RSA 2048                      12,345 100 %  ${'█'.repeat(34)}`,
      '  EC 256                             7   0 %  ▏',
      '  RSA 1024                           0   0 %',
    ]);
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(80);
  });

  it('show what a peer has named harmlessly, and cut', () => {
    const text = formatBars('By CA', [{ name: `\u001b[2J${'x'.repeat(100)}`, count: 1 }], PLAIN);
    expect(text).not.toContain('\u001b');
    expect(text).toContain('x… ');
  });

  it('are coloured on a terminal alone', () => {
    const style = makeTextStyle({ columns: 70, isTTY: true }, undefined);
    const bars = [{ name: 'Expired', count: 3, tone: 'bad' as const }];
    expect(formatBars('By status', bars, style)).toContain('\u001b[31m');
    expect(formatBars('By status', bars, PLAIN)).not.toContain('\u001b');
  });

  it('say nothing where there is nothing to count', () => {
    expect(formatBars('By status', [{ name: 'Good', count: 0 }], PLAIN)).toBe('');
  });
});
