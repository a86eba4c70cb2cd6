import { createHash } from 'node:crypto';
import { formatEndpoint } from '../../model/endpoint.js';
import type { ScanPlan } from './observe-entry.js';

/** Endpoints that are looked at, spread over the plan: with another order not one of them would be the same. */
const SAMPLES = 256;

/**
 * Makes a short text that is the same for the same plan in the same order, so that a progress is never taken for that of
 * another. It looks at the size and at a few places: plans differ by their targets, excludes and seeds, which change all
 * places at once.
 */
export function digestPlan(plan: Pick<ScanPlan, 'endpointAt' | 'size'>): string {
  const { size } = plan;
  const hash = createHash('sha256').update(`certsweep plan ${size}\n`);
  const samples = Math.min(SAMPLES, size);
  for (let sample = 0; sample < samples; sample++) {
    const endpoint = plan.endpointAt(Math.floor((sample * size) / samples));
    hash.update(`${formatEndpoint(endpoint)} ${endpoint.host}\n`);
  }
  return hash.digest('hex').slice(0, 32);
}
