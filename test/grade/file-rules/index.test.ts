import { readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import * as checks from '../../../src/grade/checks/index.js';
import * as fileRules from '../../../src/grade/file-rules/index.js';
import { parsePolicy } from '../../../src/grade/parse-policy.js';

const FOLDER = path.join(import.meta.dirname, '../../../src/grade/file-rules');
const REGISTRY = Object.entries(fileRules);
const CHECK_IDS = Object.values(checks).map(({ id }) => id);

describe('the registry of rules about files', () => {
  it('holds every file of the folder', () => {
    const files = readdirSync(FOLDER).filter((name) => name !== 'index.ts');
    expect(REGISTRY.map(([, { id }]) => `${id}.ts`).sort()).toEqual(files.sort());
  });

  it.each(REGISTRY)('%s is named for its id, cites its source, and says what to do', (name, rule) => {
    expect(name).toBe(rule.id.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase()));
    expect(rule.title).toMatch(/^[A-Z].*[^.]$/);
    expect(rule.citation).toMatch(/\bRFC\b/);
    expect(rule.advice).toMatch(/^[A-Z].*\.$/);
    expect(rule.places).not.toHaveLength(0);
    expect(CHECK_IDS).not.toContain(rule.id);
  });

  it.each(REGISTRY)('%s can be rated and waived by a policy', (_, { id }) => {
    const where = `fingerprint: "${'ab'.repeat(32)}"`;
    const waiver = `{ finding: ${id}, owner: Ada, reason: old, until: 2027-01-31, ${where} }`;
    const policy = parsePolicy(`findings: { ${id}: info }\nwaivers: [${waiver}]`, 'policy.yaml');
    expect(policy.findings[id]).toBe('info');
    expect(policy.waivers).toMatchObject([{ finding: id }]);
  });
});
