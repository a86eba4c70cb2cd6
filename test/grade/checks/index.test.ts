import { readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { applyKeyChecks } from '../../../src/grade/apply-checks.js';
import type { Check } from '../../../src/grade/check.js';
import * as checks from '../../../src/grade/checks/index.js';
import { DEFAULT_POLICY } from '../../../src/grade/policy.js';
import { findById } from '../judge-setup.js';
import { CHAIN_CASES } from './chain-cases.js';
import { COMPARED_KEY_CASES } from './compared-key-cases.js';
import { ENCODING_CASES } from './encoding-cases.js';
import { ENDPOINT_CASES } from './endpoint-cases.js';
import { KEY_CASES } from './key-cases.js';
import { NAME_CASES } from './name-cases.js';
import { PATH_CASES } from './path-cases.js';
import { POLICY_CASES } from './policy-cases.js';
import { REVOCATION_CASES } from './revocation-cases.js';
import { VALIDITY_CASES } from './validity-cases.js';
import { WEAK_KEY_CASES } from './weak-key-cases.js';

const FOLDER = path.join(import.meta.dirname, '../../../src/grade/checks');
const CASES = [
  ...VALIDITY_CASES,
  ...PATH_CASES,
  ...NAME_CASES,
  ...KEY_CASES,
  ...WEAK_KEY_CASES,
  ...CHAIN_CASES,
  ...ENCODING_CASES,
  ...ENDPOINT_CASES,
  ...POLICY_CASES,
  ...REVOCATION_CASES,
];
const REGISTRY: readonly [string, Check][] = Object.entries(checks);

describe('the registry of checks', () => {
  it('holds every file of the folder', () => {
    const files = readdirSync(FOLDER).filter((name) => name !== 'index.ts');
    expect(REGISTRY.map(([, { id }]) => `${id}.ts`).sort()).toEqual(files.sort());
  });

  it.each(REGISTRY)('%s is named for its id, cites its source, and says what to do', (name, check) => {
    expect(name).toBe(check.id.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase()));
    expect(check.title).toMatch(/^[A-Z].*[^.]$/);
    expect(check.citation).toMatch(/\b(RFC|BR|NIST SP|FIPS|Policy)\b/);
    expect(check.advice).toMatch(/^[A-Z].*\.$/);
  });

  it.each(REGISTRY)('%s has a case that fires it and one that does not', (_, { id }) => {
    expect([...CASES, ...COMPARED_KEY_CASES].map((each) => each.id)).toContain(id);
  });
});

describe.each(CASES)('$id: $name', ({ id, fires, silent, message, severity }) => {
  it('fires', async () => {
    const findings = findById(await fires(), id);
    expect(findings.map((finding) => finding.message)).toEqual([
      typeof message === 'string' ? message : expect.stringMatching(message),
    ]);
    const [finding] = findings;
    expect(finding?.message).toMatch(/[^.]$/);
    const check = REGISTRY.map(([, each]) => each).find((each) => each.id === id);
    if (check?.subject === 'endpoint') expect(finding?.subject).toBeNull();
    else expect(finding?.subject).toMatch(/^[\da-f]{64}$/);
    if (severity !== undefined) expect(finding?.severity).toBe(severity);
  });

  it('stays silent', async () => {
    expect(findById(await silent(), id)).toEqual([]);
  });
});

describe.each(COMPARED_KEY_CASES)('$id: $name', ({ id, fires, silent, message, severity }) => {
  it('fires', async () => {
    const facts = await fires();
    const findings = applyKeyChecks(facts, DEFAULT_POLICY).filter((finding) => finding.id === id);
    expect(findings).toMatchObject([{ severity, subject: facts.certificate.facts.fingerprintSha256 }]);
    expect(findings[0]?.message).toMatch(message);
  });

  it('stays silent', async () => {
    const facts = await silent();
    expect(applyKeyChecks(facts, DEFAULT_POLICY).filter((finding) => finding.id === id)).toEqual([]);
  });

  it('heeds the policy', async () => {
    const facts = await fires();
    expect(applyKeyChecks(facts, { ...DEFAULT_POLICY, findings: { [id]: 'off' } })).toEqual([]);
    const [milder] = applyKeyChecks(facts, { ...DEFAULT_POLICY, findings: { [id]: 'info' } });
    expect(milder?.severity).toBe('info');
  });
});
