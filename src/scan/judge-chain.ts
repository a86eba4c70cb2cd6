import { createJudge } from '../grade/judge.js';
import type { Judgement } from '../model/judgement.js';
import { type ChainInput, readChainInput } from './chain-input.js';
import { makeChainObservation, toChainContext } from './chain-observation.js';

/** A presented chain, and what to judge it by. */
export interface ChainToJudge extends ChainInput {
  /** Certificates in DER in the order in which a server sends them, its own first. */
  readonly presented: readonly Uint8Array[];
  /** The DNS name or IP address that the first certificate must be valid for; absent: names are not judged. */
  readonly host?: string;
}

/** The verdict on a chain, in the words of observation records. */
export type ChainVerdict = Pick<Judgement, 'path' | 'findings' | 'status' | 'grade'>;

/**
 * Judges one presented chain: builds its path (RFC 5280, section 6; RFC 4158), applies every check of certificates, and
 * says how it stands. It opens no socket and reads no clock. Hostile certificates are judged, never thrown at: where the
 * first cannot be read, `status` is `No certificate` and `path.reason` says why.
 */
export function judgeChain({ host, presented, ...input }: ChainToJudge): ChainVerdict {
  const context = toChainContext(readChainInput(input), host);
  const { findings, grade, path, status } = createJudge(context)(
    makeChainObservation(presented, input.now, host),
  );
  return { path, findings, status, grade };
}
