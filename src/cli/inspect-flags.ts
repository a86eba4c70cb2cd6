import type { Severity } from '../model/finding.js';
import type { PasswordFlags } from './password-source.js';

/** What a file can be inspected as. */
export const INSPECT_FORMS = ['chain', 'trust-store'] as const;

/** The options of `inspect` as they come from the command line. */
export interface InspectFlags extends PasswordFlags {
  readonly as: (typeof INSPECT_FORMS)[number];
  readonly host?: string;
  readonly trustStore?: Record<string, string>;
  readonly defaultTrust: boolean;
  readonly policy?: string;
  readonly weakKeys?: string[];
  readonly now?: Date;
  readonly json?: true;
  readonly failOn?: Severity;
}
