import { describe, expect, it } from 'vitest';
import { parsePolicy } from '../../src/grade/parse-policy.js';
import { DEFAULT_POLICY } from '../../src/grade/policy.js';
import { UsageError } from '../../src/model/usage-error.js';

function refusal(text: string): string {
  try {
    parsePolicy(text, 'office.yaml');
  } catch (error) {
    if (error instanceof UsageError) return error.message;
    throw error;
  }
  return 'not refused';
}

describe('parsePolicy', () => {
  it.each(['', '# nothing yet\n', '{}', 'findings:\n', 'expiring: {}'])(
    'takes %j as the default policy',
    (text) => {
      expect(parsePolicy(text, 'office.yaml')).toEqual(DEFAULT_POLICY);
    },
  );

  it('overrides what it names and keeps the rest', () => {
    const text = [
      'expiring: { days: 14, share: 0.33 }',
      'keys: { rsaMinimumBits: 3072 }',
      'publicTrustStores: [mozilla, apple]',
      'demandAddressNames: true',
      'findings:',
      '  wildcard-certificate: off',
      '  untrusted-root: info',
    ].join('\n');
    expect(parsePolicy(text, 'office.yaml')).toEqual({
      expiring: { days: 14, share: 0.33 },
      keys: { rsaMinimumBits: 3072, ecMinimumBits: 256 },
      publicTrustStores: ['mozilla', 'apple'],
      demandAddressNames: true,
      findings: { 'wildcard-certificate': 'off', 'untrusted-root': 'info' },
    });
  });

  it.each([
    [
      'a misspelt key',
      'keys:\n  ecMinimumBits: 256\nexpirng:\n  days: 3',
      'office.yaml line 3: unknown key "expirng"; did you mean "expiring"?',
    ],
    [
      'a misspelt key of a section',
      'expiring:\n  day: 3',
      'office.yaml line 2: unknown key "day" in expiring; did you mean "days"?',
    ],
    [
      'a misspelt finding',
      'findings:\n  untrusted-root: low\n  self-singed: low',
      'office.yaml line 3: unknown key "self-singed" in findings; did you mean "self-signed"?',
    ],
    [
      'a key like no other',
      'expiring:\n  colour: red',
      'office.yaml line 2: unknown key "colour" in expiring; known are days, share',
    ],
    [
      'a number out of range',
      'expiring:\n  days: -1',
      'office.yaml line 2: expiring.days must be a whole number from 0 to 36500',
    ],
    [
      'a fraction of a bit',
      'keys:\n\n  rsaMinimumBits: 2048.5',
      'office.yaml line 3: keys.rsaMinimumBits must be a whole number from 0 to 16384',
    ],
    ['a share above all', 'expiring:\n  share: 30', 'office.yaml line 2: expiring.share must be at most 1'],
    [
      'a severity that is none',
      'findings:\n  expired: fatal',
      'office.yaml line 2: findings.expired must be one of info, low, medium, high, critical, off',
    ],
    [
      'a list element of the wrong type',
      'publicTrustStores:\n  - mozilla\n  - 7',
      'office.yaml line 3: publicTrustStores.1 must be the name of a trust store',
    ],
    [
      'a word in place of a section',
      'expiring: soon',
      'office.yaml line 1: expiring must hold keys and values, such as "days: 30"',
    ],
    [
      'a list in place of a policy',
      '- 1',
      'office.yaml line 1: a policy must hold keys and values, such as "days: 30"',
    ],
    ['a key given twice', 'keys: {}\nkeys: {}', 'office.yaml line 2: map keys must be unique'],
    ['text that is not YAML', 'keys: {\n', 'office.yaml line 2: '],
    ['an alias without an anchor', 'keys: *nowhere', 'office.yaml'],
  ])('refuses %s, naming the line and the fix', (_, text, message) => {
    expect(refusal(text)).toContain(message);
  });

  it('tells of every mistake at once, a line each', () => {
    expect(refusal('expirng: 1\nkeys:\n  rsaMinimumBits: many').split('\n')).toHaveLength(2);
  });

  it('is not led to unbounded work by aliases of aliases', () => {
    const levels = Array.from({ length: 12 }, (_, i) =>
      i === 0
        ? 'a0: &a0 [x]'
        : `a${i}: &a${i} [${Array(10)
            .fill(`*a${i - 1}`)
            .join(', ')}]`,
    );
    expect(refusal(levels.join('\n'))).toContain('office.yaml');
  });
});
