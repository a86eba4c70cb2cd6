import { createJudge, type Judge } from '../grade/judge.js';
import type { PasswordSource } from './password-source.js';
import { type JudgeInput, readJudgeContext } from './read-judge-context.js';

/** Makes the judge that trust stores, policy and moment define; reads the files that they name. */
export async function makeJudge(input: JudgeInput, now: Date, passwords?: PasswordSource): Promise<Judge> {
  return createJudge(await readJudgeContext(input, now, passwords));
}
