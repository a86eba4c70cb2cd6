import { type Answered, answered, unanswered } from './answered.js';
import { askVersion } from './ask-version.js';
import type { Asker } from './asker.js';
import type { PostureQuestion } from './posture-hello.js';

/** Methods to offer: DEFLATE (RFC 3749), LZS (RFC 3943), and none, which must be there. */
const COMPRESSION_METHODS = [1, 64, 0];

/** Finds out whether a server takes compression when it is offered; `question` is one that it accepts. */
export async function findCompression(asker: Asker, question: PostureQuestion): Promise<Answered> {
  const offer = { ...question, compressionMethods: COMPRESSION_METHODS };
  const reply = await askVersion(asker, offer, 'server-hello');
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
