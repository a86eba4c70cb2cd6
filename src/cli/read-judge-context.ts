import type { JudgeContext } from '../grade/judge.js';
import { parsePolicy } from '../grade/parse-policy.js';
import { DEFAULT_POLICY, type Policy } from '../grade/policy.js';
import { UsageError } from '../model/usage-error.js';
import type { ScanDefinition } from '../scan/scan-definition.js';
import { mozillaTrustStore } from '../x509/mozilla-trust-store.js';
import { readTrustAnchors } from '../x509/trust-anchors.js';
import { makeTrustStore, type TrustStore } from '../x509/trust-store.js';
import { nameInput, readInput } from './read-input.js';

/** What of a scan definition decides the verdicts. */
export type JudgeInput = Pick<ScanDefinition, 'trustStores' | 'defaultTrust' | 'policy'>;

/** Gathers what is judged by: trust stores, policy and moment; reads the files that they name. */
export async function readJudgeContext(input: JudgeInput, now: Date): Promise<JudgeContext> {
  return { policy: await readPolicy(input), trustStores: await readTrustStores(input), now };
}

async function readPolicy({ policy }: JudgeInput): Promise<Policy> {
  if (policy === undefined) return DEFAULT_POLICY;
  return parsePolicy((await readInput(policy, 'policy')).toString('utf8'), nameInput(policy));
}

async function readTrustStores({ trustStores, defaultTrust }: JudgeInput): Promise<TrustStore[]> {
  const stores = defaultTrust === false ? [] : [mozillaTrustStore()];
  for (const [name, path] of Object.entries(trustStores ?? {})) {
    const bytes = await readInput(path, `trust store ${name}`);
    try {
      stores.push(makeTrustStore(name, readTrustAnchors(bytes)));
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      throw new UsageError(`cannot use ${nameInput(path)} as trust store ${name}: ${why}`);
    }
  }
  return stores;
}
