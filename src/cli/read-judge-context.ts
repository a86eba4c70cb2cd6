import type { JudgeContext } from '../grade/judge.js';
import { DEFAULT_POLICY, type Policy } from '../grade/policy.js';
import type { ScanDefinition } from '../scan/scan-definition.js';
import { makeDistrust } from '../x509/distrust.js';
import type { KeyList } from '../x509/keys/key-list.js';
import { parseKeyList } from '../x509/keys/parse-key-list.js';
import { mozillaTrustStore } from '../x509/mozilla-trust-store.js';
import type { TrustStore } from '../x509/trust-store.js';
import { noPassword, type PasswordSource } from './password-source.js';
import { nameInput, readInput } from './read-input.js';
import { readTrustStore } from './read-trust-store.js';

/** What of a scan definition decides the verdicts. */
export type JudgeInput = Pick<ScanDefinition, 'trustStores' | 'defaultTrust' | 'policy' | 'weakKeys'>;

/** Gathers what is judged by: trust stores, policy, lists of weak keys and moment; reads the files that they name. */
export async function readJudgeContext(
  input: JudgeInput,
  now: Date,
  passwords: PasswordSource = noPassword,
): Promise<JudgeContext> {
  return {
    policy: await readPolicy(input),
    trustStores: await readTrustStores(input, passwords),
    weakKeys: await readWeakKeys(input),
    now,
    distrust: makeDistrust(now.getTime()),
  };
}

async function readPolicy({ policy }: JudgeInput): Promise<Policy> {
  if (policy === undefined) return DEFAULT_POLICY;
  const { parsePolicy } = await import('../grade/parse-policy.js');
  return parsePolicy((await readInput(policy, 'policy')).toString('utf8'), nameInput(policy));
}

async function readTrustStores(
  { trustStores, defaultTrust }: JudgeInput,
  passwords: PasswordSource,
): Promise<TrustStore[]> {
  const stores = defaultTrust === false ? [] : [mozillaTrustStore()];
  for (const [name, path] of Object.entries(trustStores ?? {}))
    stores.push(await readTrustStore(name, path, passwords));
  return stores;
}

async function readWeakKeys({ weakKeys = [] }: JudgeInput): Promise<KeyList[]> {
  const lists: KeyList[] = [];
  for (const path of weakKeys) {
    lists.push(parseKeyList((await readInput(path, 'weak keys')).toString('latin1'), nameInput(path)));
  }
  return lists;
}
