import type { Finding } from '../../model/finding.js';

/** Writes the ids of findings for a table, those that somebody accepts last: `expiring; self-signed (waived)`. */
export function formatFindingIds(findings: readonly Finding[]): string {
  const open = findings.filter(({ waived }) => !waived).map(({ id }) => id);
  const accepted = findings.filter(({ waived }) => waived).map(({ id }) => `${id} (waived)`);
  return [...open, ...accepted].join('; ');
}
