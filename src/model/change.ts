import type { Certificate } from './certificate.js';
import type { Endpoint } from './endpoint.js';
import type { Finding } from './finding.js';
import type { Outcome } from './outcome.js';
import type { PathStatus } from './path.js';

/** What can change at an endpoint, in the order in which reports tell it. */
export const CHANGE_KINDS = [
  'new',
  'back',
  'gone',
  'unreachable',
  'renewed',
  'changed',
  'finding-appeared',
  'finding-resolved',
  'regraded',
] as const;

/**
 * What has changed: `new` a certificate where there was none, `back` the one of old after an absence, `gone` the endpoint
 * answers without one, `unreachable` it is silent, `renewed` another one for the same names, `changed` for other names.
 */
export type ChangeKind = (typeof CHANGE_KINDS)[number];

/** Why: the endpoint shows something else, time has passed, or the same is judged by other rules or knowledge. */
export type ChangeCause = 'endpoint' | 'time' | 'judging';

/** What was known of an endpoint on one side of a comparison. */
export interface ChangeSide {
  readonly run: string;
  /** UTC ISO-8601. */
  readonly observedAt: string;
  /** The protocol that was spoken. */
  readonly protocol: string;
  readonly outcome: Outcome;
  /** One sentence; null: nothing failed. */
  readonly failure: string | null;
  /** SHA-256, hex, of the leaf; null: there is no certificate. */
  readonly leaf: string | null;
  /** Null: there is no leaf, or none that can be read. */
  readonly certificate: Certificate | null;
  readonly path: PathStatus;
  readonly grade: string | null;
  /** Ids, without those that somebody accepts. */
  readonly findings: readonly string[];
}

/** One change of one endpoint, as JSON. */
export interface Change {
  readonly kind: ChangeKind;
  readonly cause: ChangeCause;
  /** One sentence; lower case, no full stop. */
  readonly reason: string;
  readonly endpoint: Endpoint;
  /** What appeared or was resolved; null: the change is not about a finding. */
  readonly finding: Finding | null;
  /** Whether the new certificate has the key of the old one; null: there are not two, or they cannot be read. */
  readonly keyKept: boolean | null;
  /** Null: the endpoint was not asked. */
  readonly before: ChangeSide | null;
  readonly after: ChangeSide;
  /** Who answers for the endpoint; null: nobody has said. */
  readonly owner: string | null;
  readonly tags: readonly string[];
}
