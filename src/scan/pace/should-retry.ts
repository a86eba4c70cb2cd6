/*
 * Why the silent are not tried again: there are more of them than of all others, and the system has sent its SYN twice
 * already. Nor is anybody who gave an answer, whatever it was: he would give it again.
 */
import type { ProbeResult } from '../../model/observation.js';
import { isLocalLimit } from '../../probe/is-local-limit.js';

/** Codes of an unresolved name that may be known in a moment: no name server answered, or none was able to. */
const LATER_RESOLVED: ReadonlySet<string> = new Set(['timeout', 'EAI_AGAIN']);

/**
 * Whether one more try is worth while, later, when the peer or this machine has less to do. `attempt` counts the tries made,
 * the first is 1; `retries` is how many more there may be.
 */
export function shouldRetry(result: ProbeResult, attempt: number, retries: number): 'later' | 'no' {
  return attempt <= retries && mayDiffer(result) ? 'later' : 'no';
}

function mayDiffer(result: ProbeResult): boolean {
  switch (result.outcome) {
    case 'reset':
    case 'closed':
      return !hasSpoken(result);
    case 'unresolved':
      return result.failure?.stage === 'resolve' && LATER_RESOLVED.has(result.failure.code);
    case 'internal':
      return isLocalLimit(result);
    default:
      return false;
  }
}

/** A server that is too busy hangs up before it says a word. */
function hasSpoken({ handshake, greeting, plaintextAfterGoAhead, protocol }: ProbeResult): boolean {
  return [handshake, greeting, plaintextAfterGoAhead, protocol].some((each) => (each ?? null) !== null);
}
