import { type GradePart, type GradeReason, isWorse, type Letter } from '../model/grades.js';

/** The name and version of the rules that letters come from: a new one whenever a letter can come out otherwise. */
export const LETTER_RULE_SET = 'certsweep 1 (SSL Labs 2009r)';

/**
 * One rule that keeps a letter from being better.
 *
 * Why apart from the checks: a policy may turn a finding off or rate it otherwise, and a letter must mean the same
 * wherever it is shown. Why no details in the message: thousands of endpoints share their reasons, word for word.
 */
export interface LetterRule<Facts> {
  /** The id of the finding that tells more, where there is one. */
  readonly rule: string;
  /** The best letter that it leaves. */
  readonly cap: Letter;
  /** What is wrong; lower case, no full stop. */
  readonly message: string;
  readonly citation: string;
  /** Whether it is proven. */
  applies(facts: Facts): boolean;
}

/** Lists the reasons that some rules give. */
export function applyLetterRules<Facts>(
  rules: readonly LetterRule<Facts>[],
  part: GradePart,
  facts: Facts,
): readonly GradeReason[] {
  return rules
    .filter((each) => each.applies(facts))
    .map(({ rule, cap, message, citation }) => ({ part, rule, cap, message, citation }));
}

/** Orders reasons, worst first; those that are equally bad stay as they are. */
export function sortReasons(reasons: readonly GradeReason[]): readonly GradeReason[] {
  if (reasons.length < 2) return reasons;
  return reasons.toSorted((a, b) => (isWorse(a.cap, b.cap) ? -1 : isWorse(b.cap, a.cap) ? 1 : 0));
}
