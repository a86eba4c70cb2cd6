import { FALLBACK_SCSV } from '../hello/cipher-suites.js';
import type { ProtocolVersion } from '../hello/protocol-versions.js';
import { type Answered, answered, unanswered } from './answered.js';
import type { Asker } from './asker.js';
import { postureHello } from './posture-hello.js';

/**
 * Finds out whether a server turns away a client that says it retries at a lower version than it need (RFC 7507, section
 * 3). `version` is one that the server has, and not its newest.
 */
export async function findFallbackScsv(
  asker: Asker,
  version: ProtocolVersion,
  cipherSuites: readonly number[],
  serverName: string | null,
): Promise<Answered> {
  const question = { version, serverName, cipherSuites: [...cipherSuites, FALLBACK_SCSV] };
  const reply = await asker.ask(postureHello(question), 'server-hello');
  switch (reply.kind) {
    case 'answer':
      return answered(false);
    case 'refusal':
      return reply.alert === 'inappropriate_fallback'
        ? answered(true)
        : unanswered(`neither taken nor turned away as a needless retry: ${reply.detail}`);
    case 'unknown':
      return unanswered(reply.reason);
  }
}
