import type { GradeReason } from '../../model/grades.js';
import { cutText } from '../../report/cut-text.js';
import type { EntryRecord } from '../../store/entry-record.js';

/** Room for what moved a letter: there may be a dozen reasons. */
const REASON_CHARACTERS = 300;

/** Says what moved the letter of an endpoint, as far as it is known; null: it did not move, or there are not two. */
export function describeGradeChange(before: EntryRecord | null, after: EntryRecord): string | null {
  if (before === null || before.grade === null || after.grade === null || before.grade === after.grade)
    return null;
  const letters = `${before.grade} to ${after.grade}`;
  const [old, current] = [before.grades(), after.grades()];
  const gained = without(current?.reasons, old?.reasons);
  const lost = without(old?.reasons, current?.reasons);
  const rules =
    old && current && old.ruleSet !== current.ruleSet
      ? [`graded by ${current.ruleSet}, before by ${old.ruleSet}`]
      : [];
  const parts = [
    ...rules,
    ...gained.map(({ message }) => message),
    ...lost.map(({ message }) => `no longer: ${message}`),
  ];
  return cutText(parts.length === 0 ? letters : `${letters}: ${parts.join('; ')}`, REASON_CHARACTERS);
}

function without(
  reasons: readonly GradeReason[] = [],
  others: readonly GradeReason[] = [],
): readonly GradeReason[] {
  const known = new Set(others.map(({ cap, rule }) => `${rule} ${cap}`));
  return reasons.filter(({ cap, rule }) => !known.has(`${rule} ${cap}`));
}
