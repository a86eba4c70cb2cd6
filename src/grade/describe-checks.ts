import type { Severity } from '../model/finding.js';
import type { Check } from './check.js';
import * as checks from './checks/index.js';

/** One row of the table of findings. */
export interface CheckDescription {
  readonly id: string;
  /** Unless the policy or the gravity of the case says otherwise. */
  readonly severity: Severity;
  readonly title: string;
  readonly citation: string;
  readonly advice: string;
}

/** Describes every check for the manual, by id. */
export function describeChecks(): readonly CheckDescription[] {
  return Object.values(checks)
    .map(({ id, severity, title, citation, advice }: Check) => ({ id, severity, title, citation, advice }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}
