import type { Severity } from '../model/finding.js';
import type { Check, FileRule } from './check.js';
import type { FindingPlace } from './finding-place.js';
import type { FindingRule } from './finding-rule.js';
import { KEY_CHECKS } from './judge-key.js';
import { listRules } from './list-rules.js';
import { TRUST_STORE_RULES } from './trust-store-rules.js';

/** One row of the table of findings. */
export interface CheckDescription {
  readonly id: string;
  /** Unless the policy or the gravity of the case says otherwise. */
  readonly severity: Severity;
  readonly places: readonly FindingPlace[];
  readonly title: string;
  readonly citation: string;
  readonly advice: string;
  /** What is otherwise in a trust store; null: nothing. */
  readonly inTrustStores: Pick<FindingRule, 'severity' | 'advice'> | null;
}

/** Describes every rule for the manual, by id. */
export function describeChecks(): readonly CheckDescription[] {
  return listRules().map((rule) => {
    const { id, severity, title, citation, advice } = rule;
    const variant = rule.subject === 'file' ? undefined : STORE_RULES.find((each) => each.id === id);
    const inTrustStores = variant ? { severity: variant.severity, advice: variant.advice } : null;
    return { id, severity, places: listPlaces(rule), title, citation, advice, inTrustStores };
  });
}

const STORE_RULES: readonly FindingRule[] = Object.values(TRUST_STORE_RULES);

function listPlaces(rule: Check | FileRule): readonly FindingPlace[] {
  if (rule.subject === 'file') return rule.places;
  if (rule.subject === 'endpoint') return ['endpoint'];
  if (rule.subject === 'key') return ['comparison'];
  if (KEY_CHECKS.includes(rule)) return ['chain', 'request', 'private key', 'trust store'];
  return STORE_RULES.some(({ id }) => id === rule.id) ? ['chain', 'trust store'] : ['chain'];
}
