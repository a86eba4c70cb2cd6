import type { Check, FileRule } from './check.js';
import * as checks from './checks/index.js';
import * as fileRules from './file-rules/index.js';

const RULES: readonly (Check | FileRule)[] = [...Object.values(checks), ...Object.values(fileRules)].sort(
  (a, b) => (a.id < b.id ? -1 : 1),
);

/** Lists every rule that a finding can come from, by id: what policies may name. */
export function listRules(): readonly (Check | FileRule)[] {
  return RULES;
}
