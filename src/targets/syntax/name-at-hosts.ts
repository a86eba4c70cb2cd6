import { readHostName } from '../host-name.js';
import { isProblem } from '../problem.js';
import { quoteWord } from '../quote-word.js';
import type { TargetSyntax } from '../target-syntax.js';

/** A server name to send, and the hosts to send it to. */
export const nameAtHosts: TargetSyntax = {
  name: 'name at hosts',
  example: 'shop.example@192.0.2.7:443',
  description:
    'Connects to what stands right of the "@", and sends and judges by the server name that stands left of it.',
  parse({ text }, parseAgain) {
    const at = text.indexOf('@');
    if (at === -1 || text.includes('://')) return null;
    if (text.indexOf('@', at + 1) !== -1)
      return { problem: 'has two "@": write one name, "@", and the hosts' };
    const serverName = readHostName(text.slice(0, at));
    if (isProblem(serverName)) {
      return {
        problem: `has no valid server name left of the "@": ${quoteWord(text.slice(0, at))} ${serverName.problem}`,
      };
    }
    const hosts = parseAgain(text.slice(at + 1));
    return isProblem(hosts) ? hosts : { ...hosts, serverName };
  },
};
