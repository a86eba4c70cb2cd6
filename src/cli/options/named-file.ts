import { InvalidArgumentError } from 'commander';
import { UsageError } from '../../model/usage-error.js';
import { findSystemTrustStore, SYSTEM_TRUST_STORE } from '../system-trust-store.js';

/** Reads one `name=file`, or `system` for the platform's trust store, and adds it to those before. */
export function namedFile(
  text: string,
  before: Readonly<Record<string, string>> = {},
): Record<string, string> {
  const match = /^([A-Za-z0-9][A-Za-z0-9._-]*)=(.+)$/.exec(text);
  const isSystem = text === SYSTEM_TRUST_STORE;
  const [, name = SYSTEM_TRUST_STORE, file = ''] = match ?? [];
  if (!match && !isSystem)
    throw new InvalidArgumentError('it must be a name and a file, or "system": corp=corp-root.pem.');
  if (name in before) throw new InvalidArgumentError(`there are two trust stores called ${name}.`);
  if (name === 'mozilla') throw new InvalidArgumentError('mozilla is built in: choose another name.');
  return { ...before, [name]: isSystem ? findSystem() : file };
}

function findSystem(): string {
  try {
    return findSystemTrustStore(process.env);
  } catch (error) {
    if (error instanceof UsageError) throw new InvalidArgumentError(`${error.message}.`);
    throw error;
  }
}
