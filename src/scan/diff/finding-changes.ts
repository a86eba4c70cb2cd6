import type { ChangeCause } from '../../model/change.js';
import { type Finding, listOpenFindings, SEVERITIES } from '../../model/finding.js';
import type { EntryRecord } from '../../store/entry-record.js';
import { isSilent } from './certificate-change.js';

/** A finding that is there now and was not before, or the other way round. */
export interface FindingChange {
  readonly kind: 'finding-appeared' | 'finding-resolved';
  readonly finding: Finding;
  readonly reason: string;
}

/** Findings that come and go with time alone. */
const OF_TIME: ReadonlySet<string> = new Set([
  'expired',
  'expired-chain-certificate',
  'expiring',
  'not-yet-valid',
]);

/**
 * Compares the findings of two observations of one endpoint, apart from those that somebody accepts. A finding that has
 * become graver appears, one that has become milder is resolved. Nothing is resolved by a certificate that is gone, and
 * nothing at all follows from silence.
 */
export function listFindingChanges(before: EntryRecord | null, after: EntryRecord): readonly FindingChange[] {
  if (isSilent(after)) return [];
  const old = gravestById(before?.findings ?? []);
  const current = gravestById(after.findings);
  const appeared = [...current.values()].flatMap((finding): FindingChange[] => {
    const other = old.get(finding.id);
    if (other !== undefined && rankOf(other) >= rankOf(finding)) return [];
    const was = other === undefined ? '' : `; it was ${other.severity} before`;
    return [{ kind: 'finding-appeared', finding, reason: `${finding.message}${was}` }];
  });
  if (before === null || (before.leaf !== null && after.leaf === null)) return appeared;
  const resolved = [...old.values()].flatMap((finding): FindingChange[] => {
    const other = current.get(finding.id);
    if (other !== undefined && rankOf(other) >= rankOf(finding)) return [];
    return [{ kind: 'finding-resolved', finding, reason: describeEnd(finding, other, after) }];
  });
  return [...appeared, ...resolved];
}

/** Why a finding came or went that was judged of the same facts. */
export function causeOfFinding({
  finding,
}: Pick<FindingChange, 'finding'>): Exclude<ChangeCause, 'endpoint'> {
  return OF_TIME.has(finding.id) ? 'time' : 'judging';
}

function gravestById(findings: readonly Finding[]): ReadonlyMap<string, Finding> {
  const byId = new Map<string, Finding>();
  for (const finding of listOpenFindings(findings)) {
    const other = byId.get(finding.id);
    if (other === undefined || rankOf(finding) > rankOf(other)) byId.set(finding.id, finding);
  }
  return byId;
}

function rankOf({ severity }: Finding): number {
  return SEVERITIES.indexOf(severity);
}

function describeEnd(finding: Finding, milder: Finding | undefined, after: EntryRecord): string {
  if (milder !== undefined) return `it is ${milder.severity} now: ${milder.message}`;
  const waived = after.findings.find(({ id, waived }) => id === finding.id && waived)?.waived;
  if (waived) return `${waived.owner} accepts it until ${waived.until.slice(0, 10)}: ${waived.reason}`;
  return `no longer: ${finding.message}`;
}
