import { describe, expect, it } from 'vitest';
import { formatTable } from '../../../src/cli/print/table.js';

describe('formatTable', () => {
  it('aligns columns, cuts what is too long, and leaves no space at the end of a line', () => {
    const columns = [
      { title: 'Name', maxWidth: 6 },
      { title: 'Count', align: 'right' },
      { title: 'Note' },
    ] as const;
    expect(
      formatTable(columns, [
        ['a', '1', 'short'],
        ['abcdefgh', '1000', ''],
      ]),
    ).toBe(['Name    Count  Note', 'a           1  short', 'abcde…   1000'].join('\n'));
  });

  it('lets nothing through that moves the cursor', () => {
    expect(formatTable([{ title: 'Name' }], [['\u001b[2J\nx']])).toBe('Name\n\\u{1b}[2J\\u{a}x');
  });
});
