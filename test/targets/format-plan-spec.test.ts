import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatPlanSpec } from '../../src/targets/format-plan-spec.js';
import { parsePorts } from '../../src/targets/parse-ports.js';
import { parseTargets } from '../../src/targets/parse-targets.js';
import type { PlanSpec } from '../../src/targets/plan.js';
import { orderOf, PROTOCOLS, planSpecArbitrary } from './plan-arbitrary.js';

test('the spec as text reads back as the same plan', () => {
  fc.assert(
    fc.property(planSpecArbitrary, (planSpec) => {
      const text = formatPlanSpec(planSpec);
      const read = (texts: readonly string[]) =>
        texts.flatMap((each) =>
          parseTargets(
            { text: each, source: 'text', isFile: false },
            { protocols: PROTOCOLS, allowWildcards: true },
          ),
        );
      const again: PlanSpec = {
        targets: read(text.targets),
        excludes: read(text.exclude),
        ports: parsePorts(text.ports, { source: 'text', protocols: PROTOCOLS }),
        serverNames: text.serverNames,
        seed: text.seed,
        protocols: PROTOCOLS,
      };
      expect(orderOf(again)).toEqual(orderOf(planSpec));
    }),
    { numRuns: 500 },
  );
});
