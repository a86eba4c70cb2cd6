import { existsSync } from 'node:fs';
import { delimiter } from 'node:path';
import { UsageError } from '../model/usage-error.js';

/** The name of the platform's own trust store. */
export const SYSTEM_TRUST_STORE = 'system';

/** Where Linux distributions keep their bundle: Debian, Alpine and Arch; Fedora and Red Hat; SUSE. */
const BUNDLES = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/ssl/ca-bundle.pem',
] as const;

/**
 * Finds the platform's trust store, a file or a folder: what SSL_CERT_FILE or SSL_CERT_DIR names, as OpenSSL has it,
 * else the bundle of the distribution. Throws a UsageError where there is none.
 */
export function findSystemTrustStore(
  env: Readonly<Record<string, string | undefined>>,
  bundles: readonly string[] = BUNDLES,
): string {
  const { SSL_CERT_DIR: folders = '', SSL_CERT_FILE: file = '' } = env;
  if (file !== '') return file;
  if (folders !== '') return folders.split(delimiter).find((each) => existsSync(each)) ?? folders;
  const bundle = bundles.find((each) => existsSync(each));
  if (bundle !== undefined) return bundle;
  throw new UsageError(
    `cannot find the trust store of this system (tried ${bundles.join(', ')}): export its CA certificates to a file and name that, as in --trust-store ${SYSTEM_TRUST_STORE}=ca-bundle.pem, or set SSL_CERT_FILE`,
  );
}
