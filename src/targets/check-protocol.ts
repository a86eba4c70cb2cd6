import { didYouMean } from './did-you-mean.js';
import type { Problem } from './problem.js';
import { IMPLICIT_TLS, type ProtocolPorts } from './protocol-ports.js';
import { quoteWord } from './quote-word.js';

/** What is wrong with a protocol's name; null: it is known. */
export function checkProtocol(name: string, protocols: readonly ProtocolPorts[]): Problem | null {
  if (name === IMPLICIT_TLS || protocols.some((protocol) => protocol.name === name)) return null;
  const known = [IMPLICIT_TLS, ...protocols.map((protocol) => protocol.name)];
  return { problem: `names an unknown protocol ${quoteWord(name)}${didYouMean(name, known)}` };
}
