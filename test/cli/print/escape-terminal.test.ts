import { describe, expect, it } from 'vitest';
import { escapeTerminal } from '../../../src/cli/print/escape-terminal.js';

describe('escapeTerminal', () => {
  it.each([
    ['plain text and umlauts: Müller, 東京', 'plain text and umlauts: Müller, 東京'],
    ['\u001b[31mred\u001b[0m', '\\u{1b}[31mred\\u{1b}[0m'],
    ['two\r\nlines\tand a tab', 'two\\u{d}\\u{a}lines\\u{9}and a tab'],
    ['a C1 control: \u009b2J', 'a C1 control: \\u{9b}2J'],
    ['evil\u202egnp.exe', 'evil\\u{202e}gnp.exe'],
    ['zero\u200bwidth', 'zero\\u{200b}width'],
  ])('%j', (hostile, shown) => {
    expect(escapeTerminal(hostile)).toBe(shown);
  });
});
