import { describe, expect, it } from 'vitest';
import { expireVerdict, type Verdict } from '../../src/model/expired.js';
import type { Finding } from '../../src/model/finding.js';

const LEAF = 'aa'.repeat(32);
const OTHER = 'bb'.repeat(32);
const CERTIFICATE = { fingerprintSha256: LEAF, notAfter: Date.parse('2026-11-20T12:00:00.000Z') };
const LATER = new Date('2026-11-22T12:00:00.000Z');

function finding(id: string, severity: Finding['severity'], subject: string | null = LEAF): Finding {
  return { id, severity, subject, message: 'm', advice: 'a', citation: 'c' };
}

const GRADES = {
  ruleSet: 'rules',
  certificate: 'B',
  configuration: 'A',
  complete: true,
  scores: null,
  reasons: [{ part: 'certificate', rule: 'short-key', cap: 'B', message: 'm', citation: 'c' }],
} as const;

const VERDICT: Verdict = {
  findings: [
    finding('weak-rsa-key', 'high'),
    finding('expiring', 'medium'),
    finding('expiring', 'medium', OTHER),
  ],
  status: 'Warning',
  grade: 'B',
  grades: GRADES,
};

describe('expireVerdict', () => {
  it('says of a certificate that has ended since that it has expired, and no more that it will', () => {
    const { findings, grade, grades, status } = expireVerdict(VERDICT, CERTIFICATE, LATER);
    expect({ status, grade }).toEqual({ status: 'Expired', grade: 'T' });
    expect(findings.map(({ id, subject }) => [id, subject])).toEqual([
      ['expired', LEAF],
      ['weak-rsa-key', LEAF],
      ['expiring', OTHER],
    ]);
    expect(findings[0]?.message).toBe('certificate expired on 2026-11-20 12:00:00 UTC, 2 days ago');
    expect(grades).toMatchObject({ certificate: 'T', configuration: 'A' });
    expect(grades?.reasons.map(({ rule, cap }) => [rule, cap])).toEqual([
      ['expired', 'T'],
      ['short-key', 'B'],
    ]);
  });

  it('gives no letter where none was given', () => {
    const { grade, grades } = expireVerdict({ ...VERDICT, grade: null, grades: null }, CERTIFICATE, LATER);
    expect({ grade, grades }).toEqual({ grade: null, grades: null });
  });

  it('takes every certificate that was to end soon for the one that has, where nobody knows which it is', () => {
    const { findings } = expireVerdict(VERDICT, { ...CERTIFICATE, fingerprintSha256: null }, LATER);
    expect(findings.map(({ id }) => id)).toEqual(['expired', 'weak-rsa-key']);
  });
});
