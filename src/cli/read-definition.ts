import { dirname, resolve } from 'node:path';
import type { ScanDefinition } from '../scan/scan-definition.js';
import { nameInput, readInput, STANDARD_INPUT } from './read-input.js';
import { findSystemTrustStore, SYSTEM_TRUST_STORE } from './system-trust-store.js';

/** Reads a scan definition; the files that it names are looked for beside it, the platform's trust store where that is. */
export async function readDefinition(path: string): Promise<ScanDefinition> {
  const text = (await readInput(path, 'scan definition')).toString('utf8');
  const { parseScanDefinition } = await import('../scan/parse-scan-definition.js');
  const definition = parseScanDefinition(text, nameInput(path));
  const folder = path === STANDARD_INPUT ? '.' : dirname(path);
  const beside = (file: string): string => (file === STANDARD_INPUT ? file : resolve(folder, file));
  const { excludeFile, policy, targetsFile, trustStores, weakKeys } = definition;
  return {
    ...definition,
    ...(targetsFile && { targetsFile: targetsFile.map(beside) }),
    ...(excludeFile && { excludeFile: excludeFile.map(beside) }),
    ...(policy !== undefined && { policy: beside(policy) }),
    ...(weakKeys && { weakKeys: weakKeys.map(beside) }),
    ...(trustStores && {
      trustStores: Object.fromEntries(
        Object.entries(trustStores).map(([name, file]) => [
          name,
          name === SYSTEM_TRUST_STORE && file === SYSTEM_TRUST_STORE
            ? findSystemTrustStore(process.env)
            : beside(file),
        ]),
      ),
    }),
  };
}
