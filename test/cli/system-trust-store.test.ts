import { mkdirSync, writeFileSync } from 'node:fs';
import { delimiter } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findSystemTrustStore } from '../../src/cli/system-trust-store.js';
import { UsageError } from '../../src/model/usage-error.js';
import { makeTemporaryFolder, type TemporaryFolder } from '../fixtures/temporary-folder.js';

let folder: TemporaryFolder;

beforeAll(async () => {
  folder = await makeTemporaryFolder();
  writeFileSync(folder.file('bundle.crt'), '');
  mkdirSync(folder.file('certs'));
});

afterAll(() => folder.remove());

describe('findSystemTrustStore', () => {
  it('takes the first bundle that is there', () => {
    const bundles = [folder.file('none.crt'), folder.file('bundle.crt')];
    expect(findSystemTrustStore({}, bundles)).toBe(bundles[1]);
  });

  it('heeds the variables of OpenSSL before', () => {
    const bundles = [folder.file('bundle.crt')];
    expect(findSystemTrustStore({ SSL_CERT_FILE: '/etc/own.pem' }, bundles)).toBe('/etc/own.pem');
    const folders = [folder.file('gone'), folder.file('certs')];
    expect(findSystemTrustStore({ SSL_CERT_DIR: folders.join(delimiter) }, bundles)).toBe(folders[1]);
  });

  it('says what to do where there is none', () => {
    expect(() => findSystemTrustStore({}, ['/nowhere.crt'])).toThrow(UsageError);
    expect(() => findSystemTrustStore({}, ['/nowhere.crt'])).toThrow('--trust-store system=ca-bundle.pem');
  });
});
