import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { importCertificates } from '../../src/scan/import-certificates.js';
import { findImportForm } from '../../src/scan/import-form.js';
import { openInventory } from '../../src/store/inventory.js';
import { type MadeCertificate, makeCertificate } from '../fixtures/make-certificate.js';
import { makePkcs7 } from '../fixtures/make-pkcs7.js';
import { useTemporaryDirectory } from '../store/temporary-directory.js';

const inDirectory = useTemporaryDirectory();
let root: MadeCertificate;
let leaf: MadeCertificate;

beforeAll(async () => {
  root = await makeCertificate({ subject: 'CN=Root', ca: true });
  leaf = await makeCertificate({ dnsNames: ['a.example'], issuer: root });
});

describe('importing certificates on disk', () => {
  it('takes all of a folder and those below it, and passes over what holds none', async () => {
    const folder = inDirectory('live');
    mkdirSync(`${folder}/a/b`, { recursive: true });
    writeFileSync(`${folder}/a/fullchain.pem`, `subject=a\n${leaf.pem}${root.pem}`);
    writeFileSync(`${folder}/a/b/root.der`, root.der);
    writeFileSync(`${folder}/chain.p7b`, makePkcs7([root.der]));
    writeFileSync(`${folder}/key.pem`, leaf.privateKeyPem);
    writeFileSync(`${folder}/README`, 'notes');
    writeFileSync(`${folder}/broken.pem`, root.pem.replace(/\n.{20}/, '\n'));
    symlinkSync('..', `${folder}/a/up`);
    symlinkSync('nowhere', `${folder}/a/lost`);
    const inventory = openInventory(inDirectory('inventory.db'), { create: true });
    const imported = await importCertificates(folder, inventory);
    expect(imported).toEqual({ files: 4, certificates: 4, unreadable: 1 });
    const issuers: Buffer[] = [];
    for await (const der of inventory.issuers()) issuers.push(Buffer.from(der));
    expect(issuers).toHaveLength(2);
    expect(await inventory.runs()).toEqual([]);
    await inventory.close();
  });

  it('refuses a folder without any', async () => {
    const folder = inDirectory('empty');
    mkdirSync(folder);
    const inventory = openInventory(inDirectory('inventory.db'), { create: true });
    await expect(importCertificates(folder, inventory)).rejects.toThrow(
      'it holds no certificate that can be read',
    );
    await expect(importCertificates(inDirectory('none'), inventory)).rejects.toThrow('there is no such file');
    await inventory.close();
  });

  it.each<[string, () => string | Uint8Array, unknown]>([
    ['PEM', () => `subject=a\n${leaf.pem}`, { kind: 'certificates' }],
    ['DER', () => leaf.der, { kind: 'certificates' }],
    [
      'results of a tool',
      () => '{"ip":"192.0.2.1","data":{}}',
      { kind: 'results', source: { origin: 'zgrab2' } },
    ],
    ['a key', () => leaf.privateKeyPem, null],
    ['text', () => 'hello', null],
    ['nothing', () => '', null],
    ['an inventory', () => 'SQLite format 3\0', null],
  ])('knows %s by its content', async (_, content, form) => {
    const file = inDirectory('file');
    writeFileSync(file, content());
    const found = await findImportForm(file);
    if (form === null) expect(found).toBeNull();
    else expect(found).toMatchObject(Object(form));
  });

  it('knows a folder, and says what is not there', async () => {
    mkdirSync(inDirectory('folder'));
    expect(await findImportForm(inDirectory('folder'))).toEqual({ kind: 'certificates' });
    await expect(findImportForm(inDirectory('nowhere'))).rejects.toThrow('there is no such file');
  });
});
