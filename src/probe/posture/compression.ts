import type { ProtocolVersion } from '../hello/protocol-versions.js';
import { type Answered, answered, unanswered } from './answered.js';
import { askVersion } from './ask-version.js';
import type { Asker } from './asker.js';

/** Methods to offer: DEFLATE (RFC 3749), LZS (RFC 3943), and none, which must be there. */
const COMPRESSION_METHODS = [1, 64, 0];

/** Finds out whether a server takes compression when it is offered. */
export async function findCompression(
  asker: Asker,
  version: ProtocolVersion,
  cipherSuites: readonly number[],
  serverName: string | null,
): Promise<Answered> {
  const question = { version, serverName, cipherSuites, compressionMethods: COMPRESSION_METHODS };
  const reply = await askVersion(asker, question, 'server-hello');
  switch (reply.kind) {
    case 'answer':
      return answered(reply.answer.kind === 'server-hello' && reply.answer.compression !== 0);
    case 'unknown':
      return unanswered(reply.reason);
    default:
      // Who will not even hear of compression does not compress.
      return answered(false);
  }
}
