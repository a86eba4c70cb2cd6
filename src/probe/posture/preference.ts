import { askVersion } from './ask-version.js';
import type { Asker } from './asker.js';
import type { PostureQuestion } from './posture-hello.js';
import { sortWeakestFirst } from './suite-candidates.js';

/** Who decides between suites that both sides know. */
export interface Preference {
  /** Null: not known, or there is nothing to decide. */
  readonly order: 'server' | 'client' | null;
  /** Why it is not known. */
  readonly reason: string | null;
  /** The suites, by number: in the server's order, or the strongest first. */
  readonly suites: readonly number[];
}

/**
 * Finds out who decides. `question` has what the server chose, one after the other, from an offer with the weakest first:
 * any other order is the server's own, and if it is that, one hello in reverse tells. Where the suites were offered in
 * parts, their order says nothing, and two hellos are needed.
 */
export async function findPreference(
  asker: Asker,
  question: PostureQuestion,
  inParts: boolean,
): Promise<Preference> {
  const chosen = question.cipherSuites;
  const offered = sortWeakestFirst(chosen);
  if (chosen.length < 2) return { order: null, reason: null, suites: chosen };
  if (!inParts && offered.some((id, index) => id !== chosen[index])) {
    return { order: 'server', reason: null, suites: chosen };
  }
  const reversed = [...offered].reverse();
  let favourite = chosen[0];
  for (const cipherSuites of inParts ? [offered, reversed] : [reversed]) {
    const reply = await askVersion(asker, { ...question, cipherSuites }, 'server-hello');
    if (reply.kind !== 'answer') {
      const reason = reply.kind === 'unknown' ? reply.reason : 'the server refused what it had accepted';
      return { order: null, reason, suites: chosen };
    }
    const { cipherSuite } = reply.answer;
    if (cipherSuites === offered) favourite = cipherSuite;
    else if (cipherSuite === favourite) return { order: 'server', reason: null, suites: chosen };
    else if (cipherSuite === reversed[0]) return { order: 'client', reason: null, suites: reversed };
  }
  return { order: null, reason: 'the server answers one offer in different ways', suites: chosen };
}
