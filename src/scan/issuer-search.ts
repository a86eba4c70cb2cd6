import { createJudge, type Judge, type JudgeContext } from '../grade/judge.js';
import type { JudgedObservation } from '../store/save-observations.js';
import type { ParsedCertificate } from '../x509/parsed-certificate.js';
import type { IssuerFetcher } from './issuer-fetcher.js';
import type { IssuerIndex } from './issuer-index.js';
import { isUnsettled } from './judge-incomplete.js';

/** The search for certificates that servers ought to send and do not, alongside a scan. */
export interface IssuerSearch {
  /** Judges by what was known when it met a chain first, and after `finish` by all that the run brought to light. */
  readonly judge: Judge;
  /** Learns from an observation; false: its judgement may be another once all of the run is known. */
  learn(judged: JudgedObservation): boolean;
  /** Waits for what is being fetched; gives all issuers that were. */
  finish(): Promise<readonly ParsedCertificate[]>;
}

/** What a search is made of. */
export interface IssuerSearchOptions {
  /** What is judged by; its intermediates are those of the index. */
  readonly context: JudgeContext;
  /** Holds what is known before; takes what is found. */
  readonly index: IssuerIndex;
  /** Null: nothing is fetched. */
  readonly fetcher: IssuerFetcher | null;
}

/** Makes a search for one run. */
export function makeIssuerSearch({ context, fetcher, index }: IssuerSearchOptions): IssuerSearch {
  const makeJudge = () => createJudge({ ...context, intermediates: index });
  // A judge remembers what it made of a chain, so that one that is to know more must be a new one.
  let current = makeJudge();
  const judge: Judge = Object.assign<
    (...args: Parameters<Judge>) => ReturnType<Judge>,
    Pick<Judge, 'searchPath'>
  >((observation, revocations) => current(observation, revocations), {
    searchPath: (observation) => current.searchPath(observation),
  });
  return {
    judge,
    learn({ judgement, observation }) {
      index.addPresented(observation);
      if (!isUnsettled(judgement)) return true;
      const missing = fetcher ? current.searchPath(observation)?.missingIssuer : null;
      if (missing) void fetcher?.fetch(missing.of);
      return false;
    },
    async finish() {
      await fetcher?.finish();
      current = makeJudge();
      return fetcher?.listFound() ?? [];
    },
  };
}
