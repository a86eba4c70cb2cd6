import { writeFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_POLICY } from '../../src/grade/policy.js';
import { importFile } from '../../src/scan/import-file.js';
import { makeIssuerIndex } from '../../src/scan/issuer-index.js';
import { makeCertificate } from '../fixtures/make-certificate.js';
import { fingerprintOf } from '../scan/import/fingerprint-of.js';
import { makeTlsxLine } from '../scan/import/tool-output.js';
import { useTemporaryDirectory } from '../store/temporary-directory.js';
import { runCli } from './run-cli.js';

const inDirectory = useTemporaryDirectory('suite');
let fingerprint: string;
let db: string;

beforeAll(async () => {
  const leaf = await makeCertificate({ dnsNames: ['www.example.org'] });
  fingerprint = fingerprintOf(leaf.der);
  db = inDirectory('inventory.db');
  const path = inDirectory('found.json');
  writeFileSync(path, makeTlsxLine(leaf));
  await importFile({
    path,
    into: db,
    issuers: makeIssuerIndex(),
    definition: {},
    makeContext: async (now) => ({ policy: DEFAULT_POLICY, trustStores: [], now }),
  });
});

const show = (...args: readonly string[]) => runCli(['show', ...args, '--db', db]);

describe('certsweep show of what another tool has told', () => {
  it('shows a certificate without its bytes', async () => {
    const { code, stdout, stderr } = await show(fingerprint);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('CN=www.example.org, O=Corp');
    expect(stdout).toContain('192.0.2.7:443');
  });

  it('has no PEM of it', async () => {
    const { code, stdout, stderr } = await show(fingerprint, '--pem');
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain('without its bytes: there is no PEM of it');
  });

  it('shows an endpoint by what was told', async () => {
    const { code, stdout } = await show('www.example.org@192.0.2.7:443');
    expect(code).toBe(0);
    expect(stdout).toContain('unverified-certificate');
  });

  it.each(['--pem', '--fixed-chain'])('has no chain of an endpoint for %s', async (flag) => {
    const { code, stderr } = await show('www.example.org@192.0.2.7:443', flag);
    expect(code).not.toBe(0);
    expect(stderr).toContain('without its bytes: there is no PEM of it');
  });

  it('lists and exports it', async () => {
    const { code, stdout } = await runCli(['export', '--format', 'csv', '--db', db]);
    expect(code).toBe(0);
    expect(stdout).toContain('www.example.org,Warning,2026-12-01 00:00:00');
  });

  it('keeps the verdict when all is judged again', async () => {
    const { code, stdout } = await runCli(['regrade', '--db', db]);
    expect(code).toBe(0);
    expect(stdout).toContain('0 observations of 1 run judged again');
  });
});
