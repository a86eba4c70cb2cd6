import type { Finding } from './finding.js';
import type { InventoryRecord } from './inventory-record.js';

/** What happens to every certificate that nobody renews: nobody wants to hear of it where nobody uses it. */
export const EXPIRY_FINDINGS: readonly string[] = ['expired', 'expired-chain-certificate', 'expiring'];

/**
 * Whether somebody is to be told of a finding: nobody accepts it, and it is not the expiry of what is unused. What is not
 * noticed stays in records and lists.
 */
export function isNoticed({ id, waived }: Finding, { unused }: Pick<InventoryRecord, 'unused'>): boolean {
  return waived === undefined && !(unused && EXPIRY_FINDINGS.includes(id));
}
