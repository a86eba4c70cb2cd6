import type { Change, ChangeCause, ChangeSide } from '../../model/change.js';
import { listOpenFindings } from '../../model/finding.js';
import type { EntryRecord } from '../../store/entry-record.js';
import type { EarlierCertificate } from '../../store/inventory-view.js';
import { findCertificateChange } from './certificate-change.js';
import { causeOfFinding, listFindingChanges } from './finding-changes.js';
import { describeGradeChange } from './grade-change.js';

/**
 * Lists what changed between two observations of one endpoint: its certificate first, then findings, then the grade.
 * `before` is null where the endpoint was not asked; `earlier` is the last certificate that it presented until then.
 */
export function listChanges(
  before: EntryRecord | null,
  after: EntryRecord,
  earlier: EarlierCertificate | null,
): readonly Change[] {
  const changes: Change[] = [];
  const shown = before !== null && before.leaf !== null && after.leaf === null ? before : after;
  const sides = { before: before && toChangeSide(before), after: toChangeSide(after) };
  const { endpoint, owner, tags } = shown;
  const add = (
    { kind, reason, finding = null, keyKept = null }: Pick<Change, 'kind' | 'reason'> & Partial<Change>,
    cause: ChangeCause,
  ) => changes.push({ kind, cause, reason, endpoint, finding, keyKept, ...sides, owner, tags });

  const certificate = findCertificateChange(before, after, earlier);
  if (certificate) add(certificate, 'endpoint');
  const findings = listFindingChanges(before, after);
  const grade = describeGradeChange(before, after);
  if (findings.length === 0 && grade === null) return changes;

  const isSame = before !== null && before.facts() === after.facts();
  for (const change of findings) add(change, isSame ? causeOfFinding(change) : 'endpoint');
  if (grade !== null) {
    const hasAged = findings.some((change) => causeOfFinding(change) === 'time');
    const cause = isSame ? (hasAged ? 'time' : 'judging') : 'endpoint';
    const note = cause === 'judging' ? '; the endpoint shows the same as before, the judging differs' : '';
    add({ kind: 'regraded', reason: `${grade}${note}` }, cause);
  }
  return changes;
}

function toChangeSide(record: EntryRecord): ChangeSide {
  const { certificate, endpoint, failure, findings, grade, leaf, observedAt, outcome, path, run } = record;
  return {
    run,
    observedAt,
    protocol: endpoint.protocol,
    outcome,
    failure: failure?.detail ?? null,
    leaf,
    certificate,
    path,
    grade,
    findings: [...new Set(listOpenFindings(findings).map(({ id }) => id))],
  };
}
