import { createJudge, type JudgeContext } from '../grade/judge.js';
import type { Judgement } from '../model/judgement.js';
import type { Observation } from '../model/observation.js';

/**
 * Judges one observation: a function of its arguments alone, so that old observations can be judged again. Whoever has
 * many makes a judge once with `createJudge`, which remembers chains that it meets again.
 */
export function judge(observation: Observation, context: JudgeContext): Judgement {
  return createJudge(context)(observation);
}
