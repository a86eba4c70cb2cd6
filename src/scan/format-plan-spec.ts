import { formatTarget } from '../targets/format-target.js';
import type { PlanSpec } from '../targets/plan.js';
import { formatPortRange } from '../targets/port-range.js';
import type { ScanDefinition } from './scan-definition.js';

/** Writes the spec of a plan as the part of a scan definition that makes the same plan again. */
export function formatPlanSpec(
  spec: PlanSpec,
): Pick<ScanDefinition, 'targets' | 'exclude' | 'ports' | 'serverNames' | 'seed'> {
  const { excludes = [], serverNames = [] } = spec;
  return {
    targets: spec.targets.map(formatTarget),
    ...(excludes.length > 0 && { exclude: excludes.map(formatTarget) }),
    ports: spec.ports.map(formatPortRange).join(' '),
    ...(serverNames.length > 0 && { serverNames: [...serverNames] }),
    seed: spec.seed,
  };
}
