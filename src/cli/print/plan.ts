import { formatEndpoint } from '../../model/endpoint.js';
import type { Plan } from '../../targets/plan.js';

/** Endpoints of a plan that are shown. */
const SHOWN = 10;

/** Tells the exact size of a plan, and the endpoints that it begins with. */
export function formatPlan(plan: Plan): string {
  const endpoints = Array.from({ length: Math.min(SHOWN, plan.size) }, (_, index) =>
    formatEndpoint(plan.endpointAt(index)),
  );
  const rest = plan.size - endpoints.length;
  return [
    `Plan: ${plan.size.toLocaleString('en-US')} ${plan.size === 1 ? 'endpoint' : 'endpoints'}, in the order of the seed "${plan.spec.seed}"`,
    ...endpoints.map((endpoint) => `  ${endpoint}`),
    ...(rest > 0 ? [`  … and ${rest.toLocaleString('en-US')} more`] : []),
    'Dry run: nothing was resolved or connected to',
    '',
  ].join('\n');
}
