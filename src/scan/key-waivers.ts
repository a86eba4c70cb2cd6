import { prepareApplyWaivers } from '../grade/apply-waivers.js';
import type { Policy } from '../grade/policy.js';
import type { Certificate } from '../model/certificate.js';
import type { Endpoint } from '../model/endpoint.js';
import type { Finding } from '../model/finding.js';
import type { Inventory } from '../store/inventory.js';
import { makeChainEndpoint } from './chain-observation.js';

/** Marks the findings of a certificate, among all others, that are waived. */
export type KeyWaivers = (
  findings: readonly Finding[],
  certificate: Certificate,
) => Promise<readonly Finding[]>;

/**
 * Prepares the waivers of a policy that are in force at a moment. What is wrong with a key is wrong wherever it is, so
 * that a waiver for a host counts where every endpoint that presents the certificate now has one.
 */
export function makeKeyWaivers(
  inventory: Pick<Inventory, 'deployments'>,
  policy: Policy,
  now: Date,
): KeyWaivers {
  const { waivers } = policy;
  const applyAnywhere = prepareApplyWaivers(
    waivers.filter(({ host }) => host === undefined),
    now.getTime(),
  );
  const apply = prepareApplyWaivers(waivers, now.getTime());
  const ofHosts = new Set(waivers.flatMap(({ finding, host }) => (host === undefined ? [] : [finding])));
  return async (findings, certificate) => {
    const waived = applyAnywhere(findings, makeChainEndpoint(), [certificate]);
    if (!waived.some((each) => !each.waived && ofHosts.has(each.id))) return waived;
    const endpoints: Endpoint[] = [];
    for await (const { endpoint, isCurrent } of inventory.deployments(certificate.fingerprintSha256)) {
      if (!isCurrent) break;
      endpoints.push(endpoint);
    }
    const byEndpoint = endpoints.map((endpoint) => apply(waived, endpoint, [certificate]));
    return waived.map((finding, index) => {
      const isEverywhere = byEndpoint.every((here) => here[index]?.waived);
      return (isEverywhere ? byEndpoint[0]?.[index] : undefined) ?? finding;
    });
  };
}
