import { expect, it } from 'vitest';
import { makeCertificate } from '../fixtures/make-certificate.js';
import { makeKey } from '../fixtures/make-key.js';
import { makeTemporaryFolder } from '../fixtures/temporary-folder.js';
import { listenTls } from '../servers/listener.js';
import { runCli } from './run-cli.js';

const HOST = { host: '127.0.0.1', port: 0 };

it('tells after a scan which certificates share their key with another, once both are known', async () => {
  const folder = await makeTemporaryFolder();
  const key = await makeKey('rsa-2048', 'shared');
  const serve = async (name: string) => {
    const certificate = await makeCertificate({ dnsNames: [name], key });
    return listenTls({ cert: certificate.pem, key: certificate.privateKeyPem }, HOST);
  };
  const [first, second] = [await serve('a.example'), await serve('b.example')];
  try {
    const scan = (port: number, ...more: string[]) =>
      runCli(['scan', `127.0.0.1:${port}`, '--db', folder.file('inventory.db'), ...more]);
    expect((await scan(first.port)).stdout).not.toContain('Keys ');
    const found = await scan(second.port);
    expect(found.stdout).toContain(
      'Keys      2 certificates share their key with another: certsweep keys tells which\n',
    );
    expect(found.code).toBe(0);
    const listed = await runCli(['list', '--db', folder.file('inventory.db')]);
    expect(listed.stdout.match(/shared-key/g)).toHaveLength(2);
  } finally {
    await Promise.all([first.close(), second.close()]);
    await folder.remove();
  }
});
