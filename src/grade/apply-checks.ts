import { type Finding, SEVERITIES } from '../model/finding.js';
import type { ChainFacts } from './chain-facts.js';
import type { Check, Fault } from './check.js';
import * as checks from './checks/index.js';

/** A peer may send thousands of stray certificates; a report needs the first of them and their number. */
const MAXIMUM_FAULTS_PER_CHECK = 20;

const CHECKS: readonly Check[] = Object.values(checks);

/** Runs every check that the policy leaves on, and orders what they find: most severe first, then by id. */
export function applyChecks(facts: ChainFacts): readonly Finding[] {
  const findings = CHECKS.flatMap((check) => {
    const level = facts.policy.findings[check.id];
    if (level === 'off') return [];
    return listFaults(check, facts).map((fault) => ({
      id: check.id,
      severity: level ?? fault.severity ?? check.severity,
      subject: fault.subject,
      message: fault.message,
      advice: fault.advice ?? check.advice,
      citation: check.citation,
    }));
  });
  return findings.sort(compareFindings);
}

function listFaults(check: Check, facts: ChainFacts): readonly Fault[] {
  const result = check.run(facts);
  if (result === null) return [];
  if (!('length' in result)) return [result];
  const shown = result.slice(0, MAXIMUM_FAULTS_PER_CHECK);
  const last = shown.at(-1);
  const rest = result.length - shown.length;
  if (last !== undefined && rest > 0)
    shown[shown.length - 1] = { ...last, message: `${last.message}; and ${rest} more like it` };
  return shown;
}

function compareFindings(a: Finding, b: Finding): number {
  const bySeverity = SEVERITIES.indexOf(b.severity) - SEVERITIES.indexOf(a.severity);
  if (bySeverity !== 0) return bySeverity;
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}
