import { formatTarget } from './format-target.js';
import { joinWords } from './join-words.js';
import type { PlanSpec } from './plan.js';
import { formatPortRange } from './port-range.js';

/** A plan's spec as text, which a run keeps so that the same plan can be made again. */
export interface PlanSpecText {
  readonly targets: string[];
  readonly exclude: string[];
  readonly ports: string;
  readonly serverNames: string[];
  readonly seed: string;
}

/** Writes a plan's spec as text that reads back as a spec with the same endpoints in the same order. */
export function formatPlanSpec({
  targets,
  excludes = [],
  ports,
  serverNames = [],
  seed,
}: PlanSpec): PlanSpecText {
  return {
    targets: joinWords(targets.map(formatTarget)),
    exclude: joinWords(excludes.map(formatTarget)),
    ports: ports.map(formatPortRange).join(' '),
    serverNames: [...serverNames],
    seed,
  };
}
