import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatCsvCell, quoteCsvCell } from '../../src/report/csv-cell.js';

const RIGHT_TO_LEFT_OVERRIDE = '\u202e';

describe('cells of a CSV file', () => {
  const texts: readonly (readonly [string, string, string])[] = [
    ['leaves plain text alone', 'mail.example', 'mail.example'],
    ['leaves a wildcard alone', '*.example', '*.example'],
    ['leaves an IPv6 address alone', '2001:db8::1', '2001:db8::1'],
    ['disarms =', '=1+1', "'=1+1"],
    ['disarms +', '+1', "'+1"],
    ['disarms -', '-1', "'-1"],
    ['disarms @', '@SUM(1,1)', "'@SUM(1,1)"],
    ['disarms a full-width =', '\uff1d1+1', "'\uff1d1+1"],
    ['disarms a full-width @', '\uff20a', "'\uff20a"],
    ['disarms behind a tab', '\t=1', "' =1"],
    ['disarms behind a carriage return', '\r=1', "' =1"],
    ['disarms behind line ends', '\n\n=1', "' =1"],
    ['disarms behind spaces', '  =1', "'  =1"],
    ['disarms behind a no-break space', '\u00a0=1', "'\u00a0=1"],
    ['disarms after a semicolon', 'a;=1; @b', "a;'=1;' @b"],
    ['shows NUL, and what follows is no formula', '\0=1', '\ufffd=1'],
    ['makes one space of line ends', 'a\r\nb\u2028c', 'a b c'],
    ['shows terminal escapes', '\u001b[31mred\u0007\u009b', '\ufffd[31mred\ufffd\ufffd'],
    ['shows what turns text around', `gp${RIGHT_TO_LEFT_OVERRIDE}moc.exe`, 'gp\ufffdmoc.exe'],
    ['shows zero-width characters and byte order marks', 'a\u200bb\ufeffc', 'a\ufffdb\ufffdc'],
    ['shows a half surrogate pair', 'a\ud800b', 'a\ufffdb'],
    ['leaves letters of other scripts and emoji alone', 'bücher.例え.🙂', 'bücher.例え.🙂'],
  ];
  it.each(texts)('%s', (_, text, cell) => {
    expect(formatCsvCell(text, 'text')).toBe(cell);
  });

  it.each([
    ['', ''],
    ['01', '00:00:00:01'],
    ['1011', '00:00:10:11'],
    ['101112', '00:10:11:12'],
    ['10111213', '10:11:12:13'],
    ['0a1b2c3d4e', '0A:1B:2C:3D:4E'],
  ])('writes hex %j as %j, which no spreadsheet reads as number or time', (hex, cell) => {
    expect(formatCsvCell(hex, 'hex')).toBe(cell);
  });

  it.each([
    ['2026-11-22T10:11:12.345Z', '2026-11-22 10:11:12'],
    ['2026-11-22T10:11:12Z', '2026-11-22 10:11:12'],
    ['1969-12-31T23:59:59Z', '1969-12-31 23:59:59'],
    ['9999-12-31T23:59:59Z', '9999-12-31 23:59:59'],
    ['not a time', ''],
  ])('writes the time %s as %j', (time, cell) => {
    expect(formatCsvCell(time, 'time')).toBe(cell);
  });

  it('leaves numbers alone, negative ones too', () => {
    expect(formatCsvCell(-5, 'integer')).toBe('-5');
  });

  it('leaves what is unknown empty', () => {
    expect(formatCsvCell(null, 'text')).toBe('');
    expect(formatCsvCell([], 'list')).toBe('');
  });

  it('joins lists, each entry disarmed', () => {
    expect(formatCsvCell(['a', '=b', 'c\nd;+e'], 'list')).toBe("a; '=b; c d;'+e");
  });

  it('cuts a list between entries where a cell ends, and says how many are left', () => {
    const names = Array.from({ length: 10_000 }, (_, i) => `DNS:host${i}.example`);
    const cell = formatCsvCell(names, 'list');
    expect(cell.length).toBeLessThanOrEqual(32_767);
    const [, kept, left] = /^(.*); … \((\d+) more\)$/.exec(cell) ?? [];
    expect(kept?.split('; ').length).toBe(10_000 - Number(left));
    expect(kept?.split('; ').at(-1)).toMatch(/^DNS:host\d+\.example$/);
  });

  it('cuts long text where a cell ends', () => {
    const cell = formatCsvCell('=a'.repeat(40_000), 'text');
    expect(cell).toHaveLength(32_767);
    expect(cell.endsWith('…')).toBe(true);
    expect(formatCsvCell('ab'.repeat(40_000), 'hex')).toHaveLength(32_767);
    expect(formatCsvCell(['x'.repeat(40_000)], 'list')).toBe('… (1 more)');
  });

  it('never lets a control, a formula or more than a cell through', () => {
    const text = fc.string({
      unit: fc.oneof(fc.constantFrom(...'=+-@;\'" \t\r\n'), fc.string({ unit: 'binary', maxLength: 1 })),
    });
    fc.assert(
      fc.property(fc.oneof(text, fc.array(text)), (value) => {
        const cell = formatCsvCell(value, typeof value === 'string' ? 'text' : 'list');
        expect(cell).not.toMatch(/[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]/u);
        for (const part of cell.split(';')) expect(part).not.toMatch(/^\s*[=+\-@]/);
      }),
    );
  });
});

describe('a cell of a line', () => {
  const text = fc.oneof(
    fc.string({ unit: fc.constantFrom(...'aZ09.-:;,"\'=+@ \t\r\n\uff1d(') }),
    fc.string({ unit: 'binary' }),
  );

  it('is the text of the cell, in quotes where RFC 4180 has them', () => {
    const quoted = (cell: string) => (/^'|[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
    fc.assert(
      fc.property(fc.oneof(text, fc.array(text)), (value) => {
        const type = typeof value === 'string' ? 'text' : 'list';
        // Twice, as some are remembered.
        for (let i = 0; i < 2; i += 1)
          expect(quoteCsvCell(value, type)).toBe(quoted(formatCsvCell(value, type)));
      }),
    );
  });

  it.each([
    ['x'.repeat(40_000), 'text'],
    [Array.from({ length: 31 }, () => 'y'.repeat(1001)), 'list'],
    [Array.from({ length: 29 }, () => 'y'.repeat(2000)), 'list'],
    ['00ff0a', 'hex'],
    ['00FF0a1b', 'hex'],
    ['ab'.repeat(33), 'hex'],
    ['0g0a1b2c', 'hex'],
    ['0a1b2c3', 'hex'],
    ['', 'text'],
    [[], 'list'],
  ] as const)('is cut as the cell is (%#)', (value, type) => {
    expect(quoteCsvCell(value, type)).toBe(formatCsvCell(value, type));
  });
});

describe('hex in a cell', () => {
  it('is in pairs with colons between, whatever its length', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 40 }), (bytes) => {
        const pairs = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0').toUpperCase());
        while (pairs.length < 4) pairs.unshift('00');
        expect(formatCsvCell(Buffer.from(bytes).toString('hex'), 'hex')).toBe(pairs.join(':'));
      }),
    );
  });
});
