import { createJudge, type Judge, type JudgeContext } from '../grade/judge.js';
import type { Judgement } from '../model/judgement.js';
import type { Observation } from '../model/observation.js';
import type { ScanRun } from '../model/scan-run.js';

/** What a run's definition says of chains: of some, no more than the server's own certificate was told. */
export const CHAINS_NOT_WHOLE = { chains: 'leaf' } as const;

/** What follows from a chain that is too short, which nobody can know of one that was not told whole. */
const UNKNOWABLE = ['missing-intermediate', 'unknown-issuer'] as const;

const NOT_TOLD = 'only the certificate of the server was told, not what is sent with it';

/**
 * Makes the judge of a run's observations. Where other tools have told of certificates of servers alone, it finds
 * nothing missing: a chain of one certificate may be all that was told, or all that was sent.
 */
export function createRunJudge(definition: ScanRun['definition'], context: JudgeContext): Judge {
  const judge = createJudge(context);
  if (definition.chains !== CHAINS_NOT_WHOLE.chains) return judge;
  const off = Object.fromEntries(UNKNOWABLE.map((id) => [id, 'off'] as const));
  const { policy } = context;
  const judgeLeaf = createJudge({
    ...context,
    policy: { ...policy, findings: { ...policy.findings, ...off } },
  });
  const judgeAny = (
    observation: Observation,
    ...rest: Parameters<Judge> extends [unknown, ...infer Rest] ? Rest : never
  ): Judgement =>
    isLeafAlone(observation) ? withoutChain(judgeLeaf(observation, ...rest)) : judge(observation, ...rest);
  return Object.assign(judgeAny, { searchPath: judge.searchPath });
}

function isLeafAlone({ handshake }: Observation): boolean {
  return handshake?.presentedChain.length === 1;
}

/** A letter would say where the chain leads. */
function withoutChain(judgement: Judgement): Judgement {
  const { path } = judgement;
  if (path.status !== 'incomplete') return judgement;
  return { ...judgement, path: { ...path, reason: NOT_TOLD }, grade: null, grades: null };
}
