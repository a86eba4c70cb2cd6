import { describe, expect, it } from 'vitest';
import { formatTrendTable } from '../../../src/report/html/trend-table.js';

const POINT = {
  run: '0193b7c0-0000-7000-8000-000000000001',
  at: '2026-11-22T11:00:00.000Z',
  certificates: 12_345,
  expired: 1,
  expiring: 2,
  warnings: 3,
};

describe('the table of the latest runs', () => {
  it('has a row for each run', () => {
    const table = formatTrendTable([POINT, { ...POINT, at: '<b>', warnings: 77 }]);
    expect(table.match(/<tr>/g)).toHaveLength(3);
    expect(table).toContain(
      '<th scope="row">2026-11-22 11:00 UTC</th><td class="number">12\u202f345</td><td class="number">1</td>',
    );
    expect(table).toContain('<td class="number">77</td>');
    expect(table).not.toContain('<b>');
  });

  it('is left out where there are no runs', () => {
    expect(formatTrendTable([])).toBe('');
  });
});
