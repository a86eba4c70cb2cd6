import { describe, expect, it } from 'vitest';
import type { Finding } from '../../src/model/finding.js';
import { isNoticed } from '../../src/model/is-noticed.js';

const finding = (id: string, changes: Partial<Finding> = {}): Finding => ({
  id,
  severity: 'high',
  subject: null,
  message: 'm',
  advice: 'a',
  citation: 'c',
  ...changes,
});
const waived = { owner: 'o', reason: 'r', until: '2027-01-01T00:00:00.000Z' };

describe('what somebody is told of', () => {
  it.each([
    ['expired', false, true],
    ['expired', true, false],
    ['expiring', true, false],
    ['expired-chain-certificate', true, false],
    ['weak-rsa-key', true, true],
    ['revoked', true, true],
  ])('%s, unused %s: %s', (id, unused, isTold) => {
    expect(isNoticed(finding(id), { unused })).toBe(isTold);
    expect(isNoticed(finding(id, { waived }), { unused })).toBe(false);
  });
});
