import { readFileSync } from 'node:fs';
import path from 'node:path';
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
      expiring: [{ days: 14, share: 0.33, severity: null }],
      keys: { rsaMinimumBits: 3072, ecMinimumBits: 256 },
      publicTrustStores: ['mozilla', 'apple'],
      demandAddressNames: true,
      approvedCas: null,
      names: { forbidden: [], required: [] },
      waivers: [],
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
      'office.yaml line 2: unknown key "colour" in expiring; known are days, share, severity',
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
    [
      'a mistake in a window of several',
      'expiring:\n  - days: 30\n  - days: 14\n    severity: grave',
      'office.yaml line 4: expiring.1.severity must be one of info, low, medium, high, critical',
    ],
    [
      'a misspelt key of a window',
      'expiring:\n  - days: 30\n  - day: 14',
      'office.yaml line 3: unknown key "day" in expiring.1; did you mean "days"?',
    ],
    [
      'a window that does not say when',
      'expiring:\n  - severity: low',
      'office.yaml line 2: expiring.0 must say when: days, share or both',
    ],
    ['no window at all', 'expiring: []', 'office.yaml line 1: expiring must hold a window'],
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

describe('parsePolicy, on CAs, names and waivers', () => {
  const FINGERPRINT = 'AB:'.repeat(31).concat('AB');
  const WAIVER = 'finding: expired, owner: Ada, reason: r, until: 2027-03-31';

  it('reads them, fingerprints in any spelling, days to their end', () => {
    const policy = parsePolicy(
      [
        'approvedCas:',
        '  issuers: ["CN=Corp*"]',
        `  fingerprints: ["${FINGERPRINT}"]`,
        'names: { forbidden: ["*.test"] }',
        'waivers:',
        `  - { ${WAIVER}, host: "*.lab.example", issuer: "CN=Lab*" }`,
        `  - { ${WAIVER}, fingerprint: "${FINGERPRINT}" }`,
      ].join('\n'),
      'office.yaml',
    );
    const plain = 'ab'.repeat(32);
    const waiver = { finding: 'expired', owner: 'Ada', reason: 'r', until: '2027-03-31T23:59:59.999Z' };
    expect(policy).toEqual({
      ...DEFAULT_POLICY,
      approvedCas: { issuers: ['CN=Corp*'], fingerprints: [plain] },
      names: { forbidden: ['*.test'], required: [] },
      waivers: [
        { ...waiver, host: '*.lab.example', issuer: 'CN=Lab*' },
        { ...waiver, fingerprint: plain },
      ],
    });
  });

  it.each([
    ['a waiver for everything', `- { ${WAIVER} }`, 'waivers.0 must say where: host, fingerprint or issuer'],
    [
      'a waiver that nobody answers for',
      '- { finding: expired, host: a, reason: r, until: 2027-03-31 }',
      'waivers.0.owner must be who answers for it',
    ],
    [
      'a waiver without an end',
      '- { finding: expired, host: a, owner: Ada, reason: r }',
      'waivers.0.until must be a day such as 2027-03-31',
    ],
    [
      'a day that is none',
      '- { finding: expired, host: a, owner: Ada, reason: r, until: 2027-02-30 }',
      'waivers.0.until must be a day such as 2027-03-31',
    ],
    [
      'a finding that is none',
      '- { finding: expird, host: a, owner: Ada, reason: r, until: 2027-03-31 }',
      'waivers.0.finding must be the id of a finding',
    ],
    [
      'a block that is none',
      `- { ${WAIVER}, host: 10.0.0.0/40 }`,
      'waivers.0.host must be a block such as 10.0.0.0/8',
    ],
    [
      'half a fingerprint',
      `- { ${WAIVER}, fingerprint: abcd }`,
      'waivers.0.fingerprint must be a SHA-256 fingerprint: 64 hex digits, in quotes',
    ],
    [
      'a misspelt key of a waiver',
      `- { ${WAIVER}, hots: a }`,
      'unknown key "hots" in waivers.0; did you mean "host"?',
    ],
    ['a waiver that is no list', 'finding: expired', 'waivers must be a list of waivers'],
  ])('refuses %s, naming the line', (_, written, message) => {
    expect(refusal(`waivers:\n  ${written}`)).toContain(`office.yaml line 2: ${message}`);
  });

  it('finds nothing wrong with the example, which says what the default is', () => {
    const file = path.join(import.meta.dirname, '../../scans/policy.yaml');
    const { expiring, findings, waivers, ...rest } = parsePolicy(readFileSync(file, 'utf8'), file);
    expect(expiring.map((window) => ({ ...window, share: null }))).toEqual(DEFAULT_POLICY.expiring);
    const { findings: _findings, waivers: _waivers, expiring: _expiring, ...defaults } = DEFAULT_POLICY;
    expect(rest).toEqual(defaults);
    expect(Object.keys(findings)).not.toEqual([]);
    expect(waivers).toHaveLength(1);
  });

  it('finds nothing wrong with the example once every line of it counts', () => {
    const file = path.join(import.meta.dirname, '../../scans/policy.yaml');
    const text = readFileSync(file, 'utf8')
      .replaceAll(/^# (?=(approvedCas|names):| {2,})/gm, '')
      .replace('expiring:', 'one:')
      .replace(/^one:[\s\S]*?^# (?=expiring:)/m, '');
    const { approvedCas, expiring, names } = parsePolicy(text, file);
    expect(expiring).toHaveLength(3);
    expect(approvedCas?.issuers).toHaveLength(2);
    expect(approvedCas?.fingerprints).toHaveLength(1);
    expect(names.required).toEqual(['*.example.org']);
  });
});
