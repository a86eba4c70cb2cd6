import { mkdirSync, writeFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_POLICY } from '../../src/grade/policy.js';
import { importFile } from '../../src/scan/import-file.js';
import { makeIssuerIndex } from '../../src/scan/issuer-index.js';
import { openInventory } from '../../src/store/inventory.js';
import { type MadeCertificate, makeCertificate } from '../fixtures/make-certificate.js';
import { useTemporaryDirectory } from '../store/temporary-directory.js';
import { makeTlsxLine } from './import/tool-output.js';

const inDirectory = useTemporaryDirectory();
let leaf: MadeCertificate;

beforeAll(async () => {
  leaf = await makeCertificate({ dnsNames: ['www.example.org'] });
});

const run = (path: string) =>
  importFile({
    path,
    into: inDirectory('own.db'),
    issuers: makeIssuerIndex(),
    definition: {},
    makeContext: async (now) => ({ policy: DEFAULT_POLICY, trustStores: [], now }),
  });

describe('importing a file', () => {
  it('makes an inventory of results, and says what was taken', async () => {
    const file = inDirectory('found.json');
    writeFileSync(
      file,
      makeTlsxLine(leaf) +
        makeTlsxLine(leaf, { timestamp: undefined, port: '8443' }) +
        makeTlsxLine(leaf, { ctl_index: 1 }),
    );
    const imported = await run(file);
    expect(imported.note).toBe(
      `${file}: tlsx JSON, 2 observations; left out: 1 from a log of certificates; 1 result without a time of observation took that of the file`,
    );
    const inventory = openInventory(inDirectory('own.db'));
    expect((await inventory.runs()).map(({ id }) => id)).toEqual([imported.run]);
    await inventory.close();
  });

  it('makes an inventory of certificates on disk', async () => {
    const folder = inDirectory('certs');
    mkdirSync(folder);
    writeFileSync(`${folder}/a.pem`, leaf.pem + leaf.pem);
    expect(await run(folder)).toEqual({ run: null, note: `${folder}: 2 certificates in 1 file` });
  });

  it('says what can be imported where a file is nothing of it', async () => {
    writeFileSync(inDirectory('notes.txt'), 'hello');
    await expect(run(inDirectory('notes.txt'))).rejects.toThrow(/neither an inventory.*tlsx -json/s);
  });
});
