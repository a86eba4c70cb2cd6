import { generatePrimeSync } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createJudge } from '../../../src/grade/judge.js';
import { DEFAULT_POLICY } from '../../../src/grade/policy.js';
import { openInventory } from '../../../src/store/inventory.js';
import {
  type CertificateSpec,
  type MadeCertificate,
  makeCertificate,
} from '../../fixtures/make-certificate.js';
import { makeTemporaryFolder, type TemporaryFolder } from '../../fixtures/temporary-folder.js';
import { observe } from '../../grade/judge-setup.js';
import { makeRun } from '../../store/sample-observation.js';
import { encodeRsaKey } from '../../x509/keys/encode-rsa-key.js';
import { runCli } from '../run-cli.js';

let folder: TemporaryFolder;
let db: string;
let issuer: MadeCertificate;
let port = 1000;

const RUN = '0193b0a0-0000-7000-8000-000000000000';
const primes = Array.from({ length: 12 }, () => generatePrimeSync(512, { bigint: true }));
const modulus = (p: number, q: number) => (primes[p] ?? 1n) * (primes[q] ?? 1n);

beforeAll(async () => {
  folder = await makeTemporaryFolder();
  db = folder.file('inventory.db');
  issuer = await makeCertificate({ subject: 'CN=Corp Root', ca: true });
  const inventory = openInventory(db, { create: true });
  await inventory.startRun(makeRun(RUN));
  await inventory.close();
});

afterAll(() => folder.remove());

/** Adds endpoints that present certificates as the specs say, as a scan would. */
async function present(...specs: readonly CertificateSpec[]): Promise<void> {
  const judge = createJudge({ policy: DEFAULT_POLICY, trustStores: [], now: new Date() });
  const batch = [];
  for (const spec of specs) {
    const leaf = await makeCertificate({ issuer, ...spec });
    const observation = observe([leaf]);
    port += 1;
    const own = { ...observation, endpoint: { ...observation.endpoint, port } };
    batch.push({ observation: own, judgement: judge(own) });
  }
  const inventory = openInventory(db);
  await inventory.saveBatch(batch);
  await inventory.close();
}

const rsa = (name: string, p: number, q: number, exponent?: bigint): CertificateSpec => ({
  dnsNames: [name],
  subjectPublicKeyInfo: encodeRsaKey(modulus(p, q), exponent),
});

interface Report {
  readonly newKeys: number;
  readonly comparedKeys: number;
  readonly sharedPrimes: readonly { readonly certificate: { readonly commonName: string } }[][];
  readonly sharedKeys: readonly { readonly certificate: { readonly commonName: string } }[][];
  readonly reusedSerials: readonly { readonly commonName: string }[][];
}

async function keys(...options: readonly string[]): Promise<Report> {
  const { stdout, stderr, code } = await runCli(['keys', '--db', db, '--json', ...options]);
  expect([code, stderr]).toEqual([0, '']);
  return JSON.parse(stdout) as Report;
}

const namesOf = (groups: Report['sharedPrimes']) =>
  groups.map((group) => group.map(({ certificate }) => certificate.commonName).sort());

describe('certsweep keys', () => {
  it('finds nothing among sound keys', async () => {
    await present(rsa('a.example', 0, 1), rsa('b.example', 2, 3), { dnsNames: ['ec.example'] });
    const report = await keys();
    expect(report).toMatchObject({ comparedKeys: 2, newKeys: 2, sharedPrimes: [], sharedKeys: [] });
  });

  it('compares only what is new, and finds what it shares with what is old', async () => {
    await present(rsa('c.example', 0, 4), rsa('d.example', 5, 6));
    const report = await keys();
    expect(report).toMatchObject({ comparedKeys: 4, newKeys: 2 });
    expect(namesOf(report.sharedPrimes)).toEqual([['a.example', 'c.example']]);
  });

  it('remembers what was found when nothing is new, and finds the same when it begins anew', async () => {
    const again = await keys();
    expect(again).toMatchObject({ newKeys: 0 });
    expect(namesOf(again.sharedPrimes)).toEqual([['a.example', 'c.example']]);
    const anew = await keys('--all');
    expect(anew).toMatchObject({ newKeys: 4 });
    expect(namesOf(anew.sharedPrimes)).toEqual([['a.example', 'c.example']]);
  });

  it('takes equal moduli for a shared key, with other exponents too, and not for shared primes', async () => {
    await present(rsa('d.example', 5, 6), rsa('e.example', 5, 6, 3n));
    const report = await keys();
    expect(namesOf(report.sharedKeys)).toEqual([['d.example', 'd.example', 'e.example']]);
    expect(report.sharedPrimes).toHaveLength(1);
  });

  it('finds issuers that give a serial number twice', async () => {
    await present(
      { dnsNames: ['f.example'], serialNumber: '1234' },
      { dnsNames: ['g.example'], serialNumber: '1234' },
    );
    const { reusedSerials } = await keys();
    const names = reusedSerials.map((group) => group.map(({ commonName }) => commonName).sort());
    expect(names).toEqual([['f.example', 'g.example']]);
  });

  it('shows what it found in the inventory', async () => {
    const { stdout } = await runCli(['list', '--db', db]);
    const lines = stdout.split('\n');
    const shown = (name: string) => lines.filter((line) => line.includes(name)).join('\n');
    expect(shown('a.example')).toContain('shared-prime-key');
    expect(shown('c.example')).toContain('shared-prime-key');
    expect(shown('e.example')).toContain('shared-key');
    expect(shown('b.example')).not.toContain('shared-');
    const { stdout: csv } = await runCli(['export', '--db', db, '--format', 'csv']);
    expect(csv).toContain('shared-prime-key');
  });

  it('prints tables, totals and what was not tested, and never a prime', async () => {
    const { stdout, code } = await runCli(['keys', '--db', db]);
    expect(code).toBe(0);
    expect(stdout).toContain('RSA keys with a prime in common');
    expect(stdout).toMatch(/^Found {7}1 shared primes, 1 shared keys, 1 reused serial numbers$/m);
    expect(stdout).not.toContain(String(primes[0]));
    const { stdout: json } = await runCli(['keys', '--db', db, '--json']);
    for (const prime of primes) {
      expect(json).not.toContain(prime.toString());
      expect(json).not.toContain(prime.toString(16));
    }
  });

  it('fails on a finding as severe as asked, and heeds the policy', async () => {
    expect((await runCli(['keys', '--db', db, '--fail-on', 'critical'])).code).toBe(1);
    const policy = folder.file('policy.yaml');
    writeFileSync(policy, 'findings: { shared-prime-key: low, shared-key: off }\n');
    const milder = await runCli(['keys', '--db', db, '--fail-on', 'critical', '--policy', policy]);
    expect(milder.code).toBe(0);
    const { stdout } = await runCli(['list', '--db', db]);
    expect(stdout).not.toContain('shared-key');
    expect(stdout).toContain('shared-prime-key');
  });

  it('lets somebody accept what it found, for a time', async () => {
    const policy = folder.file('waivers.yaml');
    const waiver = 'issuer: CN=Corp Root, owner: Ada, reason: being replaced, until: 2999-12-31';
    const ids = ['shared-prime-key', 'shared-key'];
    writeFileSync(policy, `waivers: [${ids.map((id) => `{ finding: ${id}, ${waiver} }`).join(', ')}]\n`);
    const accepted = await runCli(['keys', '--db', db, '--fail-on', 'low', '--policy', policy]);
    expect(accepted.code).toBe(0);
    expect(accepted.stdout).toMatch(/Waived By[\s\S]*Ada/);
    const { stdout } = await runCli(['list', '--db', db]);
    expect(stdout).toContain('shared-prime-key (waived)');
    const { stdout: csv } = await runCli(['export', '--db', db, '--format', 'csv', '--fields', 'waived']);
    expect(csv).toContain('shared-prime-key');
  });

  it('says where there is no inventory', async () => {
    const { code, stderr } = await runCli(['keys', '--db', folder.file('none.db')]);
    expect(code).toBe(2);
    expect(stderr).toContain('there is no inventory');
  });
});
