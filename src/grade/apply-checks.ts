import { compareFindings, type Finding } from '../model/finding.js';
import type { ChainFacts } from './chain-facts.js';
import type { CertificateCheck, Check, EndpointFault, Fault } from './check.js';
import * as checks from './checks/index.js';
import type { EndpointFacts } from './endpoint-facts.js';
import type { KeyFacts } from './key-facts.js';
import type { Policy } from './policy.js';

/** A peer may send thousands of stray certificates; a report needs the first of them and their number. */
const MAXIMUM_FAULTS_PER_CHECK = 20;

const CHECKS: readonly Check[] = Object.values(checks);
const CERTIFICATE_CHECKS = CHECKS.filter((check) => check.subject === 'certificate');
const ENDPOINT_CHECKS = CHECKS.filter((check) => check.subject === 'endpoint');
const KEY_CHECKS = CHECKS.filter((check) => check.subject === 'key');

/** Runs checks of certificates, all unless some are named, that the policy leaves on, and orders what they find. */
export function applyChecks(
  facts: ChainFacts,
  some: readonly CertificateCheck[] = CERTIFICATE_CHECKS,
): readonly Finding[] {
  const findings = some.flatMap((check) =>
    isOff(check, facts.policy)
      ? []
      : listFaults(check, facts).map((fault) => toFinding(check, facts.policy, fault, fault.subject)),
  );
  return findings.sort(compareFindings);
}

/** Runs every check of endpoints that the policy leaves on, and orders what they find. */
export function applyEndpointChecks(facts: EndpointFacts): readonly Finding[] {
  const findings: Finding[] = [];
  for (const check of ENDPOINT_CHECKS) {
    const fault = isOff(check, facts.policy) ? null : check.run(facts);
    if (fault !== null) findings.push(toFinding(check, facts.policy, fault, null));
  }
  return findings.sort(compareFindings);
}

/** Runs every check of keys among all others that the policy leaves on, and orders what they find. */
export function applyKeyChecks(facts: KeyFacts, policy: Policy): readonly Finding[] {
  const findings: Finding[] = [];
  for (const check of KEY_CHECKS) {
    const fault = isOff(check, policy) ? null : check.run(facts);
    if (fault === null) continue;
    findings.push(toFinding(check, policy, fault, facts.certificate.facts.fingerprintSha256));
  }
  return findings.sort(compareFindings);
}

/** Joins findings: most severe first, then by id. */
export function joinFindings(...lists: readonly (readonly Finding[])[]): readonly Finding[] {
  const [only, ...more] = lists.filter((list) => list.length > 0);
  return more.length === 0 ? (only ?? []) : lists.flat().sort(compareFindings);
}

function isOff({ id }: Check, policy: Policy): boolean {
  return policy.findings[id] === 'off';
}

function toFinding(check: Check, policy: Policy, fault: EndpointFault, subject: string | null): Finding {
  const level = policy.findings[check.id];
  return {
    id: check.id,
    severity: (level === 'off' ? undefined : level) ?? fault.severity ?? check.severity,
    subject,
    message: fault.message,
    advice: fault.advice ?? check.advice,
    citation: check.citation,
  };
}

function listFaults(check: CertificateCheck, facts: ChainFacts): readonly Fault[] {
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
