import { formatTarget } from '../../src/targets/format-target.js';
import { parseToken } from '../../src/targets/parse-token.js';
import { isProblem } from '../../src/targets/problem.js';

/** What a word means, in canonical text, one piece for each stretch of addresses; or its problem after a `!`. */
export function readWord(word: string): string {
  const token = parseToken(word);
  if (isProblem(token)) return `! ${token.problem}`;
  return token.hosts
    .map((hosts) =>
      formatTarget({
        hosts,
        ...(token.port && { ports: [token.port] }),
        ...(token.serverName !== null && { serverName: token.serverName }),
      }),
    )
    .join(' ');
}
