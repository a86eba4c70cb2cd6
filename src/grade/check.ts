import type { Severity } from '../model/finding.js';
import type { ChainFacts } from './chain-facts.js';
import type { EndpointFacts } from './endpoint-facts.js';
import type { FindingPlace } from './finding-place.js';
import type { KeyFacts } from './key-facts.js';

/** What a check says is wrong with an endpoint; the judge turns it into a finding. */
export interface EndpointFault {
  /** What is wrong, with both sides of a mismatch; lower case, no full stop. */
  readonly message: string;
  /** Where this case is milder or graver than the check's own severity. The policy still has the last word. */
  readonly severity?: Severity;
  /** Where this case needs other advice than the check's own. */
  readonly advice?: string;
}

/** What a check says is wrong with one certificate. */
export interface Fault extends EndpointFault {
  /** Fingerprint (SHA-256, hex) of the certificate at fault. */
  readonly subject: string;
}

/**
 * One rule: what it is called and why it holds, beside the function that tries it.
 *
 * Why so little: a check only looks at facts. Severity overrides, disabled findings, ordering and caching are the
 * judge's work, so that a rule can be read, cited and tested alone.
 */
interface Rule {
  /** A noun of the fault in kebab case; the name of the file, and in camel case of the export. */
  readonly id: string;
  readonly severity: Severity;
  /** One line for the table of findings. */
  readonly title: string;
  /** The rule that says so. */
  readonly citation: string;
  /** What a server administrator does about it. */
  readonly advice: string;
}

/** A rule about a presented chain. */
export interface CertificateCheck extends Rule {
  readonly subject: 'certificate';
  /** Returns the faults found: none, one, or one for each certificate at fault. */
  run(facts: ChainFacts): readonly Fault[] | Fault | null;
}

/** A rule about an endpoint, whatever certificate it presents. */
export interface EndpointCheck extends Rule {
  readonly subject: 'endpoint';
  /** Returns the fault found; what is not proven is none. */
  run(facts: EndpointFacts): EndpointFault | null;
}

/** A rule about the key of a certificate among the keys of all others. */
export interface KeyCheck extends Rule {
  readonly subject: 'key';
  /** Returns the fault found. */
  run(facts: KeyFacts): EndpointFault | null;
}

/** A rule of any kind. */
export type Check = CertificateCheck | EndpointCheck | KeyCheck;

/** A rule about what lies in a file. Whoever reads the file finds the fault, so that there is nothing to run. */
export interface FileRule extends Rule {
  readonly subject: 'file';
  /** Where the fault can be. */
  readonly places: readonly FindingPlace[];
}
