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
}

/** Whether `severity` is at or above `threshold`. */
export function isAtLeast(severity: Severity, threshold: Severity): boolean {
  return SEVERITIES.indexOf(severity) >= SEVERITIES.indexOf(threshold);
}
