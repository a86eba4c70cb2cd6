import type { Finding, Severity } from '../model/finding.js';
import type { Policy } from './policy.js';

/** What is the same in all findings of one kind, for things other than what an endpoint presents. */
export interface FindingRule {
  readonly id: string;
  readonly severity: Severity;
  /** The rule that says so. */
  readonly citation: string;
  /** What whoever looks after the file does about it. */
  readonly advice: string;
}

/** Makes the finding of a rule, as severe as the policy has it; nothing where the policy turns it off. */
export function applyFindingRule(
  rule: FindingRule,
  policy: Policy,
  subject: string,
  message: string,
  severity: Severity = rule.severity,
): Finding[] {
  const level = policy.findings[rule.id];
  if (level === 'off') return [];
  const { id, citation, advice } = rule;
  return [{ id, severity: level ?? severity, subject, message, advice, citation }];
}
