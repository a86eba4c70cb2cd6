import { describe, expect, it } from 'vitest';
import { boundsOf, parseTimeValue } from '../../src/query/time-value.js';

const NOW = new Date('2026-11-22T12:00:00.500Z');

const TIMES: readonly (readonly [string, string, string])[] = [
  ['2026', '2026-01-01T00:00:00.000Z', '2027-01-01T00:00:00.000Z'],
  ['9999', '9999-01-01T00:00:00.000Z', '+010000-01-01T00:00:00.000Z'],
  ['2026-12', '2026-12-01T00:00:00.000Z', '2027-01-01T00:00:00.000Z'],
  ['2028-02-29', '2028-02-29T00:00:00.000Z', '2028-03-01T00:00:00.000Z'],
  ['2026-12-01T08:30', '2026-12-01T08:30:00.000Z', '2026-12-01T08:31:00.000Z'],
  ['2026-12-01 08:30:05', '2026-12-01T08:30:05.000Z', '2026-12-01T08:30:06.000Z'],
  ['2026-12-01T08:30:05.25z', '2026-12-01T08:30:05.250Z', '2026-12-01T08:30:05.251Z'],
  ['2026-12-01T00:30+02:00', '2026-11-30T22:30:00.000Z', '2026-11-30T22:31:00.000Z'],
  ['now', '2026-11-22T12:00:00.500Z', '2026-11-22T12:00:00.501Z'],
  ['+90m', '2026-11-22T13:30:00.500Z', '2026-11-22T13:30:00.501Z'],
  ['-1D', '2026-11-21T12:00:00.500Z', '2026-11-21T12:00:00.501Z'],
  ['2w ago', '2026-11-08T12:00:00.500Z', '2026-11-08T12:00:00.501Z'],
  ['+1y', '2027-11-22T12:00:00.500Z', '2027-11-22T12:00:00.501Z'],
];

describe('parseTimeValue', () => {
  it.each(TIMES)('reads %s', (text, from, until) => {
    const value = parseTimeValue(text);
    if (value === null || 'undirected' in value) throw new Error(`${text} was not understood`);
    const bounds = boundsOf(value, NOW);
    expect([new Date(bounds.from).toISOString(), new Date(bounds.until).toISOString()]).toEqual([
      from,
      until,
    ]);
  });

  it('leaves the direction of a bare duration open', () => {
    expect(parseTimeValue('30d')).toEqual({ undirected: { amount: 30, unit: 'd' } });
  });

  it.each([
    '',
    '30',
    '30 d',
    'd',
    '1.5d',
    '100000d',
    '+7d ago',
    '2026-13',
    '2026-02-29',
    '2026-12-01T24:00',
    '2026-12-01T8:30',
    '2026-12-01Z',
    '2026-12-01T08:30+2',
    '12026',
  ])('turns %j away', (text) => {
    expect(parseTimeValue(text)).toBeNull();
  });
});
