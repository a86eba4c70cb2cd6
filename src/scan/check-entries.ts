import { type Endpoint, formatEndpoint } from '../model/endpoint.js';
import { UsageError } from '../model/usage-error.js';
import { type PlanSpec, planFrom } from '../targets/plan.js';

/** Endpoints of one check: a /24. More than that nobody reads endpoint by endpoint. */
export const MAX_CHECK_ENTRIES = 256;

/** Lists the endpoints of a few targets in the order in which they were named. Throws a UsageError for too many. */
export function listCheckEntries(spec: Omit<PlanSpec, 'seed'>): Endpoint[] {
  // The plan's order is shuffled, which nobody wants to read: the seed does not matter.
  const seed = '';
  const { size } = planFrom({ ...spec, seed });
  if (size > MAX_CHECK_ENTRIES) {
    throw new UsageError(
      `${size.toLocaleString('en-US')} endpoints are too many to check one by one (the most is ${MAX_CHECK_ENTRIES}): use certsweep scan`,
    );
  }
  const entries = new Map<string, Endpoint>();
  for (const target of spec.targets) {
    const plan = planFrom({ ...spec, targets: [target], seed });
    const ofTarget = Array.from({ length: plan.size }, (_, index) => plan.endpointAt(index));
    for (const endpoint of ofTarget.sort(compare)) entries.set(JSON.stringify(endpoint), endpoint);
  }
  return [...entries.values()];
}

function compare(a: Endpoint, b: Endpoint): number {
  return formatEndpoint(a).localeCompare(formatEndpoint(b), 'en', { numeric: true });
}
