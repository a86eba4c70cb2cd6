import { z } from 'zod';
import type { ScanRun } from '../model/scan-run.js';
import { UsageError } from '../model/usage-error.js';
import { SCAN_DEFINITION_SHAPE } from '../scan/scan-definition.js';
import type { JudgeInput } from './read-judge-context.js';

/** What a run was judged by, as its definition tells; whatever else it holds does not matter. */
const schema = z
  .object(SCAN_DEFINITION_SHAPE)
  .pick({ trustStores: true, defaultTrust: true, policy: true, weakKeys: true });

/** Options that say by what to judge. */
export interface JudgeFlags {
  readonly trustStore?: Record<string, string>;
  readonly defaultTrust: boolean;
  readonly policy?: string;
  readonly weakKeys?: string[];
}

/** Lays options over what a run was judged by: trust stores and weak keys are added to, the policy is replaced. */
export function judgeInputOfRun({ definition, id }: ScanRun, flags: JudgeFlags): JudgeInput {
  const parsed = schema.safeParse(definition);
  if (!parsed.success) {
    throw new UsageError(
      `run ${id} cannot be judged again: its definition was written by another version; choose other runs with --run`,
    );
  }
  const { data } = parsed;
  return {
    ...data,
    ...(flags.trustStore && { trustStores: { ...data.trustStores, ...flags.trustStore } }),
    ...(!flags.defaultTrust && { defaultTrust: false }),
    ...(flags.policy !== undefined && { policy: flags.policy }),
    ...(flags.weakKeys && { weakKeys: [...(data.weakKeys ?? []), ...flags.weakKeys] }),
  };
}
