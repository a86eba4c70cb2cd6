import { expect, it } from 'vitest';
import { formatBarChart, formatCount, formatRingChart } from '../../../src/report/html/chart.js';

it('draws the longest bar over the whole width, and escapes names', () => {
  const chart = formatBarChart('By <CA>', [
    { name: '"a" & <b>', count: 200, tone: 'plain' },
    { name: 'c', count: 50, tone: 'none' },
  ]);
  expect(chart).toContain('<figcaption>By &lt;CA&gt;</figcaption>');
  expect(chart).toContain('title="&quot;a&quot; &amp; &lt;b&gt;"');
  expect([...chart.matchAll(/class="tone-\w+" width="([\d.]+)"/g)].map(([, width]) => width)).toEqual([
    '100.00',
    '25.00',
  ]);
});

it('draws nothing for nothing', () => {
  expect(formatBarChart('Empty', [])).toContain('<ol class="bars"></ol>');
  expect(formatRingChart('Empty', 'endpoints', [{ name: 'Good', count: 0, tone: 'good' }])).not.toContain(
    'arc',
  );
});

it('draws a ring whose parts follow one another', () => {
  const chart = formatRingChart('Status', 'endpoints', [
    { name: 'Good', count: 3, tone: 'good' },
    { name: 'Expired', count: 1, tone: 'critical' },
  ]);
  expect(chart).toContain('stroke-dasharray="75.000 100" stroke-dashoffset="0.000"');
  expect(chart).toContain('stroke-dasharray="25.000 100" stroke-dashoffset="-75.000"');
});

it.each([
  [0, '0'],
  [999, '999'],
  [1000, '1\u202f000'],
  [1_234_567, '1\u202f234\u202f567'],
])('writes %d so that it can be read', (count, text) => {
  expect(formatCount(count)).toBe(text);
});
