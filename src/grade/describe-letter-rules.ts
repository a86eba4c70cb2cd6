import type { GradePart, Letter } from '../model/grades.js';
import { CERTIFICATE_LETTER_RULES } from './certificate-letter-rules.js';
import { CONFIGURATION_LETTER_RULES } from './configuration-letter-rules.js';

/** One row of a table of rules. */
export interface LetterRuleDescription {
  readonly part: GradePart;
  readonly rule: string;
  readonly cap: Letter;
  readonly message: string;
  readonly citation: string;
}

/** Describes every rule of letters for the manual, those of certificates first, each part worst first. */
export function describeLetterRules(): readonly LetterRuleDescription[] {
  return [
    ...CERTIFICATE_LETTER_RULES.map((each) => describe('certificate', each)),
    ...CONFIGURATION_LETTER_RULES.map((each) => describe('configuration', each)),
  ];
}

function describe(
  part: GradePart,
  { rule, cap, message, citation }: Omit<LetterRuleDescription, 'part'>,
): LetterRuleDescription {
  return { part, rule, cap, message, citation };
}
