import { describe, expect, it } from 'vitest';
import { readTime } from '../../../src/x509/der/time.js';
import { readDer, TAG } from '../../../src/x509/der.js';
import { encodeDer } from '../../fixtures/encode-der.js';

const UTC = TAG.utcTime;
const GENERALIZED = TAG.generalizedTime;

describe('readTime', () => {
  it.each<[name: string, tag: number, text: string, time: string, oddities: readonly string[]]>([
    ['a UTCTime', UTC, '260102030405Z', '2026-01-02T03:04:05.000Z', []],
    ['the last year of this century in UTCTime', UTC, '491231235959Z', '2049-12-31T23:59:59.000Z', []],
    ['the first year of the last century in UTCTime', UTC, '500101000000Z', '1950-01-01T00:00:00.000Z', []],
    ['a GeneralizedTime', GENERALIZED, '20500101000000Z', '2050-01-01T00:00:00.000Z', []],
    ['the end of time', GENERALIZED, '99991231235959Z', '9999-12-31T23:59:59.000Z', []],
    ['a time before UTCTime', GENERALIZED, '19491231235959Z', '1949-12-31T23:59:59.000Z', []],
    ['a leap day', UTC, '240229000000Z', '2024-02-29T00:00:00.000Z', []],
    ['the year 0', GENERALIZED, '00000101000000Z', '0000-01-01T00:00:00.000Z', []],
    [
      'a GeneralizedTime too early',
      GENERALIZED,
      '20260102030405Z',
      '2026-01-02T03:04:05.000Z',
      ['before 2050'],
    ],
    ['a UTCTime without seconds', UTC, '2601020304Z', '2026-01-02T03:04:00.000Z', ['no seconds']],
    ['a UTCTime with an offset', UTC, '260102030405+0200', '2026-01-02T01:04:05.000Z', ['not in UTC']],
    [
      'a UTCTime with a negative offset',
      UTC,
      '260102030405-0130',
      '2026-01-02T04:34:05.000Z',
      ['not in UTC'],
    ],
    ['a UTCTime without a zone', UTC, '260102030405', '2026-01-02T03:04:05.000Z', ['no time zone']],
    ['a fraction', GENERALIZED, '20510102030405.25Z', '2051-01-02T03:04:05.250Z', ['fraction']],
    ['hours alone', GENERALIZED, '2051010203Z', '2051-01-02T03:00:00.000Z', ['no seconds']],
    ['a long year in UTCTime', UTC, '20260102030405Z', '2026-01-02T03:04:05.000Z', ['other time type']],
    [
      'a short year in GeneralizedTime',
      GENERALIZED,
      '260630120000Z',
      '2026-06-30T12:00:00.000Z',
      ['other time type', 'before 2050'],
    ],
  ])('reads %s', (_name, tag, text, time, oddities) => {
    const element = readDer(encodeDer(tag, Buffer.from(text)));
    const read = readTime(element, 'notAfter');
    expect(read === null ? null : new Date(read).toISOString()).toBe(time);
    expect([...element.source.oddities]).toEqual(oddities.map((each) => expect.stringContaining(each)));
  });

  it.each<[name: string, tag: number, text: string]>([
    ['nothing', UTC, ''],
    ['words', UTC, 'never'],
    ['the 30th of February', UTC, '260230000000Z'],
    ['month 13', UTC, '261301000000Z'],
    ['hour 24', UTC, '260101240000Z'],
    ['second 60', UTC, '261231235960Z'],
    ['more than any time', GENERALIZED, `20260101000000.${'0'.repeat(40)}Z`],
    ['another tag', TAG.printableString, '260102030405Z'],
  ])('cannot read %s', (_name, tag, text) => {
    const element = readDer(encodeDer(tag, Buffer.from(text)));
    expect(readTime(element, 'notAfter')).toBeNull();
    expect([...element.source.oddities]).toEqual(['notAfter cannot be read as a time']);
  });
});
