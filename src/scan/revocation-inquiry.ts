import type { Judge } from '../grade/judge.js';
import type { Revocations } from '../model/revocation.js';
import type { JudgedObservation } from '../store/save-observations.js';
import {
  createRevocationStage,
  type RevocationMemory,
  type RevocationStage,
  type RevocationStageOptions,
} from './revocation-stage.js';

/** Asks CAs about the certificates that endpoints presented, one endpoint after the other. */
export interface RevocationInquiry {
  /** Nothing of a certificate for which the server has stapled what counts. */
  ask(judged: JudgedObservation, signal: AbortSignal): Promise<Revocations>;
  /** Drops what is still being asked. */
  close(): void;
}

/** What an inquiry is made of. */
export interface RevocationInquiryOptions extends Omit<RevocationStageOptions, 'memory'> {
  readonly judge: Pick<Judge, 'searchPath'>;
  /** Null: what was said is forgotten. */
  readonly memory: RevocationMemory | null;
}

/** Makes an inquiry. Whoever made it must `close()` it. */
export function makeRevocationInquiry({
  judge,
  memory,
  ...rest
}: RevocationInquiryOptions): RevocationInquiry {
  const stage: RevocationStage = createRevocationStage({ ...rest, memory: memory ?? NO_MEMORY });
  return {
    async ask({ judgement: { stapledOcsp }, observation }, signal) {
      const search = judge.searchPath(observation);
      const isStapled = stapledOcsp === 'good' || stapledOcsp === 'revoked';
      return search === null ? new Map() : stage.ask(search, isStapled, signal);
    },
    close: () => stage.close(),
  };
}

const NO_MEMORY: RevocationMemory = {
  findRevocation: async () => null,
  saveRevocation: async () => undefined,
};
