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
  const shown = after.leaf === null && before !== null && before.leaf !== null ? before : after;
  const shared = {
    endpoint: shown.endpoint,
    finding: null,
    keyKept: null,
    before: before && toChangeSide(before),
    after: toChangeSide(after),
    owner: shown.owner,
    tags: shown.tags,
  };

  const certificate = findCertificateChange(before, after, earlier);
  if (certificate) changes.push({ ...shared, ...certificate, cause: 'endpoint' });

  const findings = listFindingChanges(before, after);
  const grade = describeGradeChange(before, after);
  if (findings.length === 0 && grade === null) return changes;
  const isSame = before !== null && before.facts() === after.facts();
  for (const change of findings)
    changes.push({ ...shared, ...change, cause: isSame ? causeOfFinding(change) : 'endpoint' });
  if (grade !== null) {
    let cause: ChangeCause = 'endpoint';
    if (isSame) cause = findings.some((change) => causeOfFinding(change) === 'time') ? 'time' : 'judging';
    const note = cause === 'judging' ? '; the endpoint shows the same as before, the judging differs' : '';
    changes.push({ ...shared, kind: 'regraded', cause, reason: `${grade}${note}` });
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
