import { resolve } from 'node:path';
import type { Target } from '../model/target.js';
import type { ScanDefinition } from '../scan/scan-definition.js';
import { formatPlanSpec } from '../targets/format-plan-spec.js';
import { formatTags } from '../targets/format-tags.js';
import type { Plan } from '../targets/plan.js';

/** What is kept with a run: all inline, file names absolute, so that it can be resumed from anywhere. */
export function describeScan(
  definition: ScanDefinition,
  plan: Plan,
  tagged: readonly Target[],
): ScanDefinition {
  const {
    targetsFile: _targetsFile,
    excludeFile: _excludeFile,
    tags: _tags,
    trustStores,
    policy,
    weakKeys,
    ...rest
  } = definition;
  const tags = formatTags(tagged);
  return {
    ...rest,
    ...formatPlanSpec(plan.spec),
    ...(tags && { tags }),
    ...(trustStores && {
      trustStores: Object.fromEntries(
        Object.entries(trustStores).map(([name, file]) => [name, resolve(file)]),
      ),
    }),
    ...(policy !== undefined && { policy: resolve(policy) }),
    ...(weakKeys && { weakKeys: weakKeys.map((file) => resolve(file)) }),
  };
}
