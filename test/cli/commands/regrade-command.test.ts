import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ObservationRecord } from '../../../src/model/observation-record.js';
import { runOpenssl } from '../../fixtures/run-openssl.js';
import { makeTemporaryFolder, type TemporaryFolder } from '../../fixtures/temporary-folder.js';
import { type Lab, startLab } from '../../servers/lab.js';
import { runCli } from '../run-cli.js';

let folder: TemporaryFolder;
let lab: Lab;
let db: string;
let before: readonly ObservationRecord[];

beforeAll(async () => {
  folder = await makeTemporaryFolder();
  lab = await startLab({ firstPort: 0 });
  const anchors = folder.file('corp.pem');
  writeFileSync(anchors, lab.trustAnchorsPem);
  db = folder.file('inventory.db');
  const targets = lab.servers.map(({ endpointTarget }) => endpointTarget);
  await runCli(['scan', ...targets, '--trust-store', `corp=${anchors}`, '--timeout', '1500', '--db', db]);
  before = await readRecords();
  // Nothing that follows may need the servers.
  await lab.close();
});

afterAll(async () => {
  await folder.remove();
});

async function readRecords(): Promise<ObservationRecord[]> {
  const { stdout } = await runCli(['export', '--format', 'ndjson', '--outcomes', '--db', db]);
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as ObservationRecord);
}

/** All that judging must not touch. */
function observed(records: readonly ObservationRecord[]): unknown[] {
  return records.map(({ endpoint, failure, handshake, observedAt, outcome, certificate }) => ({
    endpoint,
    failure,
    presentedChain: handshake?.presentedChain,
    observedAt,
    outcome,
    certificate,
  }));
}

const ids = (records: readonly ObservationRecord[]) =>
  new Set(records.flatMap(({ findings }) => findings.map(({ id }) => id)));

describe('certsweep regrade', () => {
  it('judges by the trust stores and for the moment of each run unless told otherwise', async () => {
    const { code, stdout, stderr } = await runCli(['regrade', '--db', db]);
    expect(stderr).not.toContain('fault');
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^Status .*\nGrades .*\nTotal {5}\d+ observations of 1 run judged again, \d+ of them/,
    );
    const after = await readRecords();
    expect(observed(after)).toEqual(observed(before));
    expect(after.map(({ path }) => path.trustStores)).toEqual(before.map(({ path }) => path.trustStores));
    expect(after.map(({ status }) => status)).toEqual(before.map(({ status }) => status));
  });

  it('judges for another moment', async () => {
    await runCli(['regrade', '--db', db, '--now', '2099-01-01', '--quiet']);
    const after = await readRecords();
    const states = after.flatMap(({ certificate, status }) => (certificate ? [status] : []));
    expect(new Set(states)).toEqual(new Set(['Expired']));
    expect(observed(after)).toEqual(observed(before));
  });

  it('judges by another policy', async () => {
    const policy = folder.file('policy.yaml');
    const waiver = 'host: 127.0.0.0/8, owner: Ada, reason: a lab, until: 2999-12-31';
    writeFileSync(
      policy,
      `approvedCas: { issuers: [CN=Nobody] }\nwaivers: [{ finding: unapproved-ca, ${waiver} }]\n`,
    );
    const { code } = await runCli(['regrade', '--db', db, '--run', 'last', '--policy', policy, '--quiet']);
    expect(code).toBe(0);
    const findings = (await readRecords()).flatMap((record) => record.findings);
    const unapproved = findings.filter(({ id }) => id === 'unapproved-ca');
    expect(unapproved.length).toBeGreaterThan(10);
    expect(unapproved.every(({ waived }) => waived?.owner === 'Ada')).toBe(true);

    const listed = await runCli(['list', '--db', db]);
    expect(listed.stdout).toContain('unapproved-ca (waived)');
    const exported = await runCli(['export', '--format', 'csv', '--fields', 'warnings,waived', '--db', db]);
    expect(exported.stdout.split('\r\n')[1]).toMatch(/,unapproved-ca$/);
    expect(exported.stdout).not.toContain('unapproved-ca,');

    await runCli(['regrade', '--db', db, '--quiet']);
    expect(ids(await readRecords())).toEqual(ids(before));
  });

  it('opens trust stores that are locked', async () => {
    const locked = ['pkcs12', '-export', '-nokeys', '-passout', 'pass:secret', '-in', 'corp.pem'];
    await runOpenssl([...locked, '-out', 'corp.p12'], folder.path);
    writeFileSync(folder.file('password.txt'), 'secret\n');
    const args = ['regrade', '--db', db, '--quiet', '--trust-store', `locked=${folder.file('corp.p12')}`];
    const without = await runCli(args);
    expect(without).toMatchObject({ code: 2, stderr: expect.stringContaining('--password-file') });
    expect((await runCli([...args, '--password-file', folder.file('password.txt')])).code).toBe(0);
    const stores = (await readRecords()).flatMap(({ path }) => path.trustStores);
    expect(new Set(stores)).toEqual(new Set(['corp', 'locked']));
  });

  it.each([
    ['a run that is not there', ['--run', 'ffff'], /no run ffff/],
    ['a policy that is not there', ['--policy', 'nowhere.yaml'], /cannot read nowhere\.yaml/],
    ['a policy with a mistake', ['--policy', 'package.json'], /package\.json line \d+: unknown key "name"/],
    ['an inventory that is not there', ['--db', 'nowhere.db'], /there is no inventory nowhere\.db/],
  ])('refuses %s', async (_, args, message) => {
    const { code, stderr } = await runCli(['regrade', '--db', db, ...args]);
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
  });
});
