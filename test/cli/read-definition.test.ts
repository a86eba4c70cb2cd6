import { writeFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { readDefinition } from '../../src/cli/read-definition.js';
import { makeTemporaryFolder, type TemporaryFolder } from '../fixtures/temporary-folder.js';

let folder: TemporaryFolder;

beforeAll(async () => {
  folder = await makeTemporaryFolder();
});

afterEach(() => vi.unstubAllEnvs());
afterAll(() => folder.remove());

it('takes files from beside the definition, and the trust store of the platform from where that is', async () => {
  vi.stubEnv('SSL_CERT_FILE', '/etc/own.pem');
  writeFileSync(
    folder.file('scan.yaml'),
    'trustStores: { system: system, corp: corp.pem, other: system }\npolicy: policy.yaml\n',
  );
  expect(await readDefinition(folder.file('scan.yaml'))).toEqual({
    trustStores: { system: '/etc/own.pem', corp: folder.file('corp.pem'), other: folder.file('system') },
    policy: folder.file('policy.yaml'),
  });
});
