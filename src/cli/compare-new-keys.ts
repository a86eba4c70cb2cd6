import type { Policy } from '../grade/policy.js';
import { listOpenFindings, SEVERITIES } from '../model/finding.js';
import { type ComparedCertificate, compareKeys } from '../scan/compare-keys.js';
import type { Inventory } from '../store/inventory.js';

/** What comparing the keys that a scan brought with all others came to. */
export interface NewKeys {
  /** One line for the summary; null: nothing was found. */
  readonly line: string | null;
  /** Rank in SEVERITIES of the worst finding; -1: none. */
  readonly worstSeverity: number;
}

/**
 * Compares the keys that came with a scan with all that the inventory knows, and keeps what is found. When it is stopped
 * nothing is changed, and the next scan, or `certsweep keys`, makes up for it.
 */
export async function compareNewKeys(
  inventory: Inventory,
  policy: Policy,
  signal: AbortSignal,
): Promise<NewKeys> {
  try {
    const { sharedKeys, sharedPrimes } = await compareKeys({
      ...{ inventory, policy, signal },
      all: false,
      now: new Date(),
    });
    const primes = count(sharedPrimes, 'share a prime with another');
    const keys = count(sharedKeys, 'share their key with another');
    const found = [primes, keys].filter((text) => text !== null);
    return {
      line: found.length === 0 ? null : `Keys      ${found.join(', ')}: certsweep keys tells which`,
      worstSeverity: Math.max(-1, ...[...sharedPrimes, ...sharedKeys].flatMap(rankFindings)),
    };
  } catch (error) {
    if (!signal.aborted) throw error;
    return { line: null, worstSeverity: -1 };
  }
}

function count(groups: readonly (readonly ComparedCertificate[])[], what: string): string | null {
  const certificates = new Set(groups.flat().map(({ certificate }) => certificate.fingerprintSha256)).size;
  return certificates === 0 ? null : `${certificates} certificates ${what}`;
}

function rankFindings(group: readonly ComparedCertificate[]): number[] {
  return group.flatMap(({ findings }) =>
    listOpenFindings(findings).map(({ severity }) => SEVERITIES.indexOf(severity)),
  );
}
