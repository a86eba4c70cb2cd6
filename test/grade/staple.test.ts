import { describe, expect, it } from 'vitest';
import { formatStaple, joinStaple, type Staple } from '../../src/grade/staple.js';
import type { Revocation } from '../../src/model/revocation.js';
import { faultyAnswer } from '../../src/x509/revocation-answer.js';

const WINDOW = { thisUpdate: 0, nextUpdate: 1 };
const STAPLES = {
  good: { status: 'good', ...WINDOW },
  revoked: { status: 'revoked', at: 5, reason: 'keyCompromise', ...WINDOW },
  unknown: { status: 'unknown', ...WINDOW },
  invalid: faultyAnswer('expired', 'it expired'),
} as const satisfies Record<string, Staple>;

const OTHERS = {
  good: { status: 'good', source: 'http://a.example' },
  revoked: { status: 'revoked', at: 7, reason: null, source: 'http://a.example' },
  unknown: { status: 'unknown', why: 'no answer' },
} as const satisfies Record<string, Revocation>;

describe('joinStaple', () => {
  it.each<[keyof typeof STAPLES, keyof typeof OTHERS | null, Revocation['status'], string | null]>([
    ['good', null, 'good', 'staple'],
    ['good', 'unknown', 'good', 'staple'],
    ['good', 'revoked', 'revoked', 'http://a.example'],
    ['revoked', 'good', 'revoked', 'staple'],
    ['revoked', null, 'revoked', 'staple'],
    ['invalid', 'good', 'good', 'http://a.example'],
    ['invalid', 'revoked', 'revoked', 'http://a.example'],
    ['unknown', 'good', 'good', 'http://a.example'],
    ['unknown', null, 'unknown', null],
    ['invalid', null, 'unknown', null],
  ])('makes of a staple that is %s, where others say %s: %s', (staple, other, status, source) => {
    const others = new Map(other === null ? [] : [['leaf', OTHERS[other]]]);
    const joined = joinStaple(others, STAPLES[staple], 'leaf').get('leaf');
    expect(joined?.status).toBe(status);
    if (source !== null) expect(joined).toHaveProperty('source', source);
  });

  it('tells all reasons where nobody knows', () => {
    expect(joinStaple(new Map([['leaf', OTHERS.unknown]]), STAPLES.invalid, 'leaf').get('leaf')).toEqual({
      status: 'unknown',
      why: 'the stapled OCSP response does not count, which is no revocation: it expired; no answer',
    });
  });

  it('leaves other certificates alone', () => {
    const joined = joinStaple(new Map([['other', OTHERS.revoked]]), STAPLES.good, 'leaf');
    expect(joined.get('other')).toBe(OTHERS.revoked);
  });
});

describe('formatStaple', () => {
  it.each<[keyof typeof STAPLES, string]>([
    ['good', 'good'],
    ['revoked', 'revoked'],
    ['unknown', 'unknown'],
    ['invalid', 'invalid: it expired'],
  ])('writes a staple that is %s', (staple, text) => {
    expect(formatStaple(STAPLES[staple])).toBe(text);
  });
});
