import type { Severity } from '../model/finding.js';
import type { ScanDefinition } from '../scan/scan-definition.js';
import type { PasswordFlags } from './password-source.js';

/** The options of `check` as they come from the command line. */
export interface CheckFlags extends PasswordFlags {
  readonly ports?: string;
  readonly serverName?: string[];
  readonly mx?: string[];
  readonly dns?: string;
  readonly depth: NonNullable<ScanDefinition['depth']>;
  readonly timeout?: number;
  readonly trustStore?: Record<string, string>;
  readonly defaultTrust: boolean;
  readonly policy?: string;
  readonly weakKeys?: string[];
  readonly fetchIssuers?: true;
  readonly revocation?: true;
  readonly fetchPrivate?: true;
  readonly now?: Date;
  readonly json?: true;
  readonly db?: string;
  readonly failOn?: Severity;
}
