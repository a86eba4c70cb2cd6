import { FALLBACK_SCSV } from '../hello/cipher-suites.js';
import { type Answered, answered, unanswered } from './answered.js';
import type { Asker } from './asker.js';
import { type PostureQuestion, postureHello } from './posture-hello.js';

/**
 * Finds out whether a server turns away a client that says it retries at a lower version than it need (RFC 7507, section
 * 3). `question` is one that the server accepts, and not in its newest version.
 *
 * The RFC has an alert for this, but servers with GnuTLS (CUPS, OpenLDAP), and Dovecot, hang up without it: any refusal
 * counts, if the same hello without the signal is accepted.
 */
export async function findFallbackScsv(asker: Asker, question: PostureQuestion): Promise<Answered> {
  const cipherSuites = [...question.cipherSuites, FALLBACK_SCSV];
  const reply = await asker.ask(postureHello({ ...question, cipherSuites }), 'server-hello');
  if (reply.kind === 'answer') return answered(false);
  if (reply.kind === 'unknown') return unanswered(reply.reason);
  if (reply.alert === 'inappropriate_fallback') return answered(true);
  const plain = await asker.ask(postureHello(question), 'server-hello');
  if (plain.kind === 'answer') return answered(true);
  return unanswered(`neither taken nor turned away as a needless retry: ${reply.detail}`);
}
