import { isSameName } from './name.js';
import type { ParsedCertificate } from './parsed-certificate.js';
import type { PathProblem } from './path-rule.js';

// Why sets and no tree: of the valid_policy_tree of RFC 5280, section 6.1.2, nothing matters here but what its lowest
// level expects, and a tree grows without bounds with hostile mappings (RFC 9618 replaces it by a graph for that reason).
// All policies are as good as another to whoever only asks whether a server is to be trusted, so that the path is wrong
// only where a CA above demands that some policy be valid and none is. Chromium judges so; OpenSSL does only when told to
// (`-policy_check`), and Go only where its caller names policies.

const ANY_POLICY = '2.5.29.32.0';

/**
 * Finds the first certificate of a path (leaf first, without the anchor) at which a valid policy is demanded and there is
 * none (RFC 5280, section 6.1, with any policy wanted; RFC 9618).
 */
export function breaksPathPolicies(path: readonly ParsedCertificate[]): PathProblem | null {
  // Almost no CA makes demands.
  if (!path.some(({ policyConstraints }) => policyConstraints?.requireExplicitPolicy != null)) return null;
  const unlimited = path.length + 1;
  let untilDemand = unlimited;
  let untilNoMapping = unlimited;
  let untilNoAny = unlimited;
  /** What the certificates so far expect below them; empty: no policy is valid any more. */
  let expected: ReadonlySet<string> = new Set([ANY_POLICY]);

  for (const [above, certificate] of [...path].reverse().entries()) {
    const isLeaf = above === path.length - 1;
    const isSelfIssued = isSameName(certificate.subject, certificate.issuer);
    const isAnyAllowed = untilNoAny > 0 || (isSelfIssued && !isLeaf);
    const valid = keepValid(expected, certificate.policies, isAnyAllowed);
    const constraints = certificate.policyConstraints;
    if (untilDemand === 0 && valid.size === 0) return lacksPolicy(certificate);
    if (isLeaf) {
      // Section 6.1.5, (a) and (b).
      const isDemanded = untilDemand <= 1 || constraints?.requireExplicitPolicy === 0;
      return isDemanded && valid.size === 0 ? lacksPolicy(certificate) : null;
    }
    expected = mapPolicies(valid, certificate.policyMappings, untilNoMapping > 0);
    // Section 6.1.4, (h) to (j).
    const step = isSelfIssued ? 0 : 1;
    untilDemand = limit(untilDemand - step, constraints?.requireExplicitPolicy);
    untilNoMapping = limit(untilNoMapping - step, constraints?.inhibitPolicyMapping);
    untilNoAny = limit(untilNoAny - step, certificate.inhibitAnyPolicy);
  }
  return null;
}

/** Section 6.1.3, (d) and (e): the policies of a certificate that those above it expect. */
function keepValid(
  expected: ReadonlySet<string>,
  policies: readonly string[],
  isAnyAllowed: boolean,
): Set<string> {
  const isAnyExpected = expected.has(ANY_POLICY);
  const valid = new Set(
    policies.filter((policy) => policy !== ANY_POLICY && (isAnyExpected || expected.has(policy))),
  );
  if (isAnyAllowed && policies.includes(ANY_POLICY)) for (const policy of expected) valid.add(policy);
  return valid;
}

/** Section 6.1.4, (b): what a CA calls by one name may be called by others below it. */
function mapPolicies(
  valid: ReadonlySet<string>,
  mappings: ParsedCertificate['policyMappings'],
  isAllowed: boolean,
): ReadonlySet<string> {
  if (mappings.length === 0) return valid;
  const expected = new Set(valid);
  for (const { issuerDomain } of mappings) if (issuerDomain !== ANY_POLICY) expected.delete(issuerDomain);
  if (!isAllowed) return expected;
  const isAnyValid = valid.has(ANY_POLICY);
  for (const { issuerDomain, subjectDomain } of mappings) {
    // RFC 5280, section 4.2.1.5: anyPolicy is never mapped.
    if (issuerDomain === ANY_POLICY || subjectDomain === ANY_POLICY) continue;
    if (isAnyValid || valid.has(issuerDomain)) expected.add(subjectDomain);
  }
  return expected;
}

function limit(count: number, stated: number | null | undefined): number {
  return Math.max(0, Math.min(count, stated ?? count));
}

function lacksPolicy(certificate: ParsedCertificate): PathProblem {
  const message = 'its issuers demand a certificate policy that they allow, and it has none';
  return { certificate, rule: 'policy', message };
}
