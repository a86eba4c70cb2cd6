import type { Severity } from '../model/finding.js';
import type { ChainFacts } from './chain-facts.js';

/** What a check says is wrong with one certificate; the judge turns it into a finding. */
export interface Fault {
  /** Fingerprint (SHA-256, hex) of the certificate at fault. */
  readonly subject: string;
  /** What is wrong, with both sides of a mismatch; lower case, no full stop. */
  readonly message: string;
  /** Where this case is milder or graver than the check's own severity. The policy still has the last word. */
  readonly severity?: Severity;
  /** Where this case needs other advice than the check's own. */
  readonly advice?: string;
}

/**
 * One rule: what it is called and why it holds, beside the function that tries it.
 *
 * Why so little: a check only looks at facts. Severity overrides, disabled findings, ordering and caching are the
 * judge's work, so that a rule can be read, cited and tested alone.
 */
export interface Check {
  /** A noun of the fault in kebab case; the name of the file, and in camel case of the export. */
  readonly id: string;
  readonly severity: Severity;
  readonly subject: 'certificate';
  /** One line for the table of findings. */
  readonly title: string;
  /** The rule that says so. */
  readonly citation: string;
  /** What a server administrator does about it. */
  readonly advice: string;
  /** Returns the faults found: none, one, or one for each certificate at fault. */
  run(facts: ChainFacts): readonly Fault[] | Fault | null;
}
