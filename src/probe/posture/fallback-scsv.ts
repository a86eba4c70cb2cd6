import { FALLBACK_SCSV } from '../hello/cipher-suites.js';
import type { ProtocolVersion } from '../hello/protocol-versions.js';
import { type Answered, answered, unanswered } from './answered.js';
import type { Asker } from './asker.js';
import { postureHello } from './posture-hello.js';

/**
 * Finds out whether a server turns away a client that says it retries at a lower version than it need (RFC 7507, section 3).
 * `version` is one that the server has, and not its newest.
 *
 * The RFC has an alert for this, but servers with GnuTLS (CUPS, OpenLDAP), and Dovecot, hang up without it: any refusal
 * counts, if the same hello without the signal is accepted.
 */
export async function findFallbackScsv(
  asker: Asker,
  version: ProtocolVersion,
  cipherSuites: readonly number[],
  serverName: string | null,
): Promise<Answered> {
  const question = { version, serverName, cipherSuites: [...cipherSuites, FALLBACK_SCSV] };
  const reply = await asker.ask(postureHello(question), 'server-hello');
  if (reply.kind === 'answer') return answered(false);
  if (reply.kind === 'unknown') return unanswered(reply.reason);
  if (reply.alert === 'inappropriate_fallback') return answered(true);
  const plain = await asker.ask(postureHello({ version, serverName, cipherSuites }), 'server-hello');
  if (plain.kind === 'answer') return answered(true);
  return unanswered(`neither taken nor turned away as a needless retry: ${reply.detail}`);
}
