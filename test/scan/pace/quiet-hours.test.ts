import { afterEach, describe, expect, it } from 'vitest';
import { UsageError } from '../../../src/model/usage-error.js';
import { parseQuietHours } from '../../../src/scan/pace/quiet-hours.js';

const TZ = process.env.TZ;

afterEach(() => {
  if (TZ === undefined) delete process.env.TZ;
  else process.env.TZ = TZ;
});

function quietUntil(zone: string, text: string, now: string): string | null {
  process.env.TZ = zone;
  return parseQuietHours(text).quietUntil(new Date(now))?.toISOString() ?? null;
}

describe('quiet hours', () => {
  // 2026-11-20 is a Friday.
  it.each<[name: string, text: string, now: string, until: string | null]>([
    ['before they begin', '08:00-18:00', '2026-11-20T07:59:59.999Z', null],
    ['when they begin', '08:00-18:00', '2026-11-20T08:00:00Z', '2026-11-20T18:00:00.000Z'],
    ['in the last second', '08:00-18:00', '2026-11-20T17:59:59.999Z', '2026-11-20T18:00:00.000Z'],
    ['when they end', '08:00-18:00', '2026-11-20T18:00:00Z', null],
    ['before midnight', '22:00-06:00', '2026-11-20T23:00:00Z', '2026-11-21T06:00:00.000Z'],
    ['after midnight', '22:00-06:00', '2026-11-21T05:00:00Z', '2026-11-21T06:00:00.000Z'],
    ['on one of the days', 'mon-fri 08:00-18:00', '2026-11-20T12:00:00Z', '2026-11-20T18:00:00.000Z'],
    ['on another day', 'mon-fri 08:00-18:00', '2026-11-21T12:00:00Z', null],
    [
      'in the night after the last day',
      'fri 22:00-06:00',
      '2026-11-21T01:00:00Z',
      '2026-11-21T06:00:00.000Z',
    ],
    ['in the night before the first day', 'fri 22:00-06:00', '2026-11-20T01:00:00Z', null],
    ['over the end of the week', 'sat 22:00-06:00', '2026-11-22T01:00:00Z', '2026-11-22T06:00:00.000Z'],
    ['from Friday to Monday', 'fri-mon 08:00-09:00', '2026-11-23T08:30:00Z', '2026-11-23T09:00:00.000Z'],
    ['on two days', 'sat,sun 00:00-24:00', '2026-11-21T12:00:00Z', '2026-11-23T00:00:00.000Z'],
    ['in hours that join', '08:00-12:00; 12:00-18:00', '2026-11-20T09:00:00Z', '2026-11-20T18:00:00.000Z'],
    [
      'in the second of two',
      'mon-thu 08:00-18:00, fri 08:00-14:00',
      '2026-11-20T13:59:00Z',
      '2026-11-20T14:00:00.000Z',
    ],
    ['between two', '08:00-12:00,13:00-18:00', '2026-11-20T12:30:00Z', null],
    [
      'with full names, capitals and spaces',
      ' Monday - Friday  8:00 - 18:00 ',
      '2026-11-20T09:00:00Z',
      '2026-11-20T18:00:00.000Z',
    ],
  ])('%s', (_, text, now, until) => {
    expect(quietUntil('UTC', text, now)).toBe(until);
  });

  it.each<[name: string, zone: string, text: string, now: string, until: string | null]>([
    ['are in local time', 'Europe/Berlin', '08:00-18:00', '2026-11-20T07:30:00Z', '2026-11-20T17:00:00.000Z'],
    ['know half hours', 'Asia/Kolkata', '08:00-18:00', '2026-11-20T02:30:00Z', '2026-11-20T12:30:00.000Z'],
    // Berlin, 2026-03-29: 01:59 CET is followed by 03:00 CEST.
    [
      'last an hour less in spring',
      'Europe/Berlin',
      '22:00-06:00',
      '2026-03-28T21:00:00Z',
      '2026-03-29T04:00:00.000Z',
    ],
    [
      'end where the clock leaves their end out',
      'Europe/Berlin',
      '01:00-02:30',
      '2026-03-29T00:30:00Z',
      '2026-03-29T01:00:00.000Z',
    ],
    [
      'do not come where the clock leaves them out',
      'Europe/Berlin',
      '02:00-03:00',
      '2026-03-29T01:00:00Z',
      null,
    ],
    // Berlin, 2026-10-25: 02:59 CEST is followed by 02:00 CET.
    [
      'last an hour more in autumn',
      'Europe/Berlin',
      '22:00-06:00',
      '2026-10-24T20:00:00Z',
      '2026-10-25T05:00:00.000Z',
    ],
    [
      'end the first time',
      'Europe/Berlin',
      '01:00-02:30',
      '2026-10-24T23:30:00Z',
      '2026-10-25T00:30:00.000Z',
    ],
    [
      'come again with the hour',
      'Europe/Berlin',
      '01:00-02:30',
      '2026-10-25T01:10:30Z',
      '2026-10-25T01:30:00.000Z',
    ],
    // New York, 2026-11-01: 01:59 EDT is followed by 01:00 EST.
    [
      'know the clocks of New York',
      'America/New_York',
      '00:00-02:00',
      '2026-11-01T04:00:00Z',
      '2026-11-01T07:00:00.000Z',
    ],
    // Lord Howe Island puts its clock forward by half an hour.
    [
      'know changes of half an hour',
      'Australia/Lord_Howe',
      '01:00-04:00',
      '2026-10-03T14:40:00Z',
      '2026-10-03T17:00:00.000Z',
    ],
    // The only minutes to scan in do not come this week.
    [
      'last two weeks when they must',
      'Europe/Berlin',
      'mon-sat 00:00-24:00,sun 00:00-02:00,sun 03:00-24:00',
      '2026-03-28T12:00:00Z',
      '2026-04-05T00:00:00.000Z',
    ],
  ])('%s', (_, zone, text, now, until) => {
    expect(quietUntil(zone, text, now)).toBe(until);
  });

  it('leave the date alone that they are asked about', () => {
    const now = new Date('2026-11-20T12:00:30Z');
    parseQuietHours('00:00-23:00').quietUntil(now);
    expect(now.toISOString()).toBe('2026-11-20T12:00:30.000Z');
  });

  it.each([
    ['', 'is no time of the week'],
    ['08:00', '"08:00" is no time of the week: write for example'],
    ['8-18', '"8-18" is no time of the week'],
    ['08:00-18:00,', '"" is no time of the week'],
    ['08:00-24:01', '"24:01" is no time of day: write 00:00 to 24:00'],
    ['08:60-18:00', '"08:60" is no time of day'],
    ['99:00-18:00', '"99:00" is no time of day'],
    ['08:00-08:00', 'is empty: for a whole day write "00:00-24:00"'],
    ['24:00-08:00', 'is empty'],
    ['foo 08:00-18:00', '"foo" is no day: choose from sun mon'],
    ['mon-xyz 08:00-18:00', '"xyz" is no day'],
    ['monda 08:00-18:00', '"monda" is no day'],
    ['08:00-18:00,mon', 'days without hours at the end'],
    ['00:00-24:00', 'all of the week is quiet: leave some time to scan'],
    ['06:00-22:00,22:00-06:00', 'all of the week is quiet'],
  ])('cannot be %j', (text, problem) => {
    expect(() => parseQuietHours(text)).toThrow(UsageError);
    expect(() => parseQuietHours(text)).toThrow(`quiet hours ${JSON.stringify(text)}: `);
    expect(() => parseQuietHours(text)).toThrow(problem);
  });
});
