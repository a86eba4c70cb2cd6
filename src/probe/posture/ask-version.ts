import type { Extent } from '../hello/exchange-hello.js';
import type { HelloAnswer } from '../hello/hello-answer.js';
import type { Asker } from './asker.js';
import { type PostureQuestion, postureHello } from './posture-hello.js';
import type { Reply } from './reply.js';

/** How asking came to an end. `refused` is the server's last word to an offer; the others speak for themselves. */
export type ListEnd =
  | { readonly kind: 'no-such-version' }
  | { readonly kind: 'refused' }
  | { readonly kind: 'unknown'; readonly reason: string };

/** An answer in the version that was asked for. */
export type VersionAnswer = Extract<Reply<HelloAnswer>, { kind: 'answer' }>;

/** Asks one question of one version; an answer in another version is a no. */
export async function askVersion(
  asker: Asker,
  question: PostureQuestion,
  extent: Extent,
): Promise<VersionAnswer | ListEnd> {
  const reply = await asker.ask(postureHello(question), extent);
  switch (reply.kind) {
    case 'answer':
      return reply.answer.version === question.version ? reply : { kind: 'no-such-version' };
    case 'refusal':
      return { kind: reply.alert === 'protocol_version' ? 'no-such-version' : 'refused' };
    case 'unknown':
      return reply;
  }
}

/** The group of an answer, by number; null: it has none, or none was read. */
export function groupOf(answer: HelloAnswer): number | null {
  if (answer.kind === 'hello-retry-request' || answer.version === 'TLSv1.3') return answer.group;
  const parameters = answer.keyExchange?.parameters;
  return parameters?.kind === 'named-curve' ? parameters.group : null;
}
