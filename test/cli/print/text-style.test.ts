import { describe, expect, it } from 'vitest';
import { makeTextStyle } from '../../../src/cli/print/text-style.js';

const TERMINAL = { columns: 80, isTTY: true };
const PIPE = { columns: 0, isTTY: false };

describe('makeTextStyle', () => {
  it('colours nothing in a pipe, nor where NO_COLOR is set', () => {
    expect(makeTextStyle(PIPE, undefined).paint('bad', 'text')).toBe('text');
    expect(makeTextStyle(TERMINAL, '1').paint('bad', 'text')).toBe('text');
  });

  it('takes an empty NO_COLOR for none', () => {
    expect(makeTextStyle(TERMINAL, '').paint('plain', 'text')).toBe('text');
    expect(makeTextStyle(TERMINAL, '').paint('bad', 'text')).not.toBe('text');
  });

  it.each([
    ['a pipe', PIPE, 100],
    ['a terminal', TERMINAL, 80],
    ['a terminal that does not tell its width', { columns: 0, isTTY: true }, 100],
    ['a wide terminal', { columns: 300, isTTY: true }, 100],
    ['a terminal too narrow for anything', { columns: 10, isTTY: true }, 60],
  ])('fits %s', (_name, stream, width) => {
    expect(makeTextStyle(stream, undefined).width).toBe(width);
  });
});
