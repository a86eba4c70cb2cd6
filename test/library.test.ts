import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeCertificate } from './fixtures/make-certificate.js';
import { makeTemporaryFolder, type TemporaryFolder } from './fixtures/temporary-folder.js';

const ROOT = path.join(import.meta.dirname, '..');
const PAGE = readFileSync(path.join(ROOT, 'docs/library.md'), 'utf8');

const BEGINNING = new Date('2026-10-01T00:00:00Z');
const END = new Date('2027-06-01T00:00:00Z');

/** The examples, each with the heading that it stands under and what it prints. */
const EXAMPLES = PAGE.split(/^## /m)
  .slice(1)
  .flatMap((section) => {
    const title = section.slice(0, section.indexOf('\n'));
    return [...section.matchAll(/^```js\n([\s\S]*?)^```$/gm)].map((match) => ({
      title,
      code: match[1] ?? '',
    }));
  });

const PRINTED = [
  /^trusted \[ 'corp' \] Good\n$/,
  /^3 true \[ 'corp' \] \[\]\n$/,
  /^\[ 'certificate', 'certificate' \] incomplete 1\n$/,
  /^Warning\n$/,
  /^(?:192\.0\.2\.\d:443\n|mail\.example\.org:25\/smtp\n){5}$/,
  /^false 1\n$/,
  /^127\.0\.0\.1 refused No certificate\n1\n$/,
  /^1 1\n$/,
] as const;

let folder: TemporaryFolder;

beforeAll(async () => {
  folder = await makeTemporaryFolder();
  mkdirSync(folder.file('node_modules'));
  symlinkSync(ROOT, folder.file('node_modules/certsweep'), 'junction');
  const valid = { notBefore: BEGINNING, notAfter: END };
  const root = await makeCertificate({ subject: 'CN=Corp Root', ca: true, ...valid });
  const issuing = await makeCertificate({ subject: 'CN=Corp Issuing', ca: true, issuer: root, ...valid });
  const leaf = await makeCertificate({ dnsNames: ['www.corp.example'], issuer: issuing, ...valid });
  writeFileSync(folder.file('chain.pem'), leaf.pem + issuing.pem);
  writeFileSync(folder.file('corp-root.pem'), root.pem);
});

afterAll(() => folder.remove());

describe('docs/library.md', () => {
  it('has an example for each of its promises', () => {
    expect(EXAMPLES).toHaveLength(PRINTED.length);
  });

  it.each(EXAMPLES.map((example, index) => ({ ...example, index })))(
    'runs: $title ($index)',
    async ({ code, index }) => {
      const file = folder.file(`example-${index}.mjs`);
      writeFileSync(file, code);
      const { stderr, stdout } = await promisify(execFile)(process.execPath, [file], { cwd: folder.path });
      expect(stderr).toBe('');
      expect(stdout).toMatch(PRINTED[index] ?? 'nothing');
    },
  );
});
