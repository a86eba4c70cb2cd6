/** Severities, mildest first. */
export const SEVERITIES = ['info', 'low', 'medium', 'high', 'critical'] as const;

export type Severity = (typeof SEVERITIES)[number];

/** One thing wrong with one subject. */
export interface Finding {
  /** A noun of the fault in kebab case. */
  readonly id: string;
  readonly severity: Severity;
  /** Fingerprint (SHA-256, hex) of the certificate at fault; null when the endpoint itself is. */
  readonly subject: string | null;
  /** What is wrong, with both sides of a mismatch; lower case, no full stop. */
  readonly message: string;
  /** What a server administrator does about it. */
  readonly advice: string;
  /** The rule that says so. */
  readonly citation: string;
  /** Somebody accepts it for a time: it counts for nothing until then. Absent: nobody does. */
  readonly waived?: Waived;
}

/** Who accepts a finding, why, and how long. */
export interface Waived {
  readonly owner: string;
  readonly reason: string;
  /** UTC ISO-8601: the last moment of it. */
  readonly until: string;
}

/** Leaves out the findings that somebody accepts. */
export function listOpenFindings(findings: readonly Finding[]): readonly Finding[] {
  return findings.some(({ waived }) => waived) ? findings.filter(({ waived }) => !waived) : findings;
}

/** Whether `severity` is at or above `threshold`. */
export function isAtLeast(severity: Severity, threshold: Severity): boolean {
  return SEVERITIES.indexOf(severity) >= SEVERITIES.indexOf(threshold);
}

/** Orders findings: most severe first, then by id. */
export function compareFindings(a: Finding, b: Finding): number {
  const bySeverity = SEVERITIES.indexOf(b.severity) - SEVERITIES.indexOf(a.severity);
  if (bySeverity !== 0) return bySeverity;
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}
