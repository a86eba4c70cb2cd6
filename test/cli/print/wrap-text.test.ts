import { describe, expect, it } from 'vitest';
import { wrapText } from '../../../src/cli/print/wrap-text.js';

describe('wrapText', () => {
  it.each([
    ['breaks between words', 'one two three', 7, ['one two', 'three']],
    ['fills a line to the last column', 'one two', 7, ['one two']],
    ['leaves a long word whole on a line of its own', 'a 0123456789 b', 5, ['a', '0123456789', 'b']],
    ['gives an empty text an empty line', '', 5, ['']],
    ['takes white space of any kind for one space', 'a\n  b', 5, ['a b']],
  ])('%s', (_name, text, width, lines) => {
    expect(wrapText(text, width)).toEqual(lines);
  });
});
