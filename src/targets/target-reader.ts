import type { Origin, PortRange, Target } from '../model/target.js';
import { checkProtocol } from './check-protocol.js';
import { parseToken } from './parse-token.js';
import { isProblem } from './problem.js';
import type { ProblemList } from './problem-list.js';
import type { ProtocolPorts } from './protocol-ports.js';
import type { ParsedToken } from './target-syntax.js';

/** What all forms of target text (words, CSV, JSON lines) share while they are read. */
export interface TargetReader {
  readonly protocols: readonly ProtocolPorts[];
  /** Whether `*.lab.example` is welcome: as something to exclude it is. */
  readonly allowWildcards: boolean;
  readonly problems: ProblemList;
  /** What has been read so far. */
  readonly targets: Target[];
}

/** What a row of a table adds to the word in its address column. */
export interface RowDetails {
  readonly ports?: readonly PortRange[];
  readonly serverName?: string;
  readonly tags?: readonly string[];
}

/** Reads one word and keeps the targets that it means, or notes what is wrong with it. */
export function readTarget(reader: TargetReader, word: string, origin: Origin, row: RowDetails = {}): void {
  const token = parseToken(word);
  if (isProblem(token)) {
    reader.problems.add(origin.place, word, token.problem);
    return;
  }
  const problem = problemWith(reader, token, row);
  if (problem !== null) {
    reader.problems.add(origin.place, word, problem);
    return;
  }
  const ports = token.port === null ? row.ports : [token.port];
  const serverName = token.serverName ?? row.serverName;
  for (const hosts of token.hosts) {
    reader.targets.push({
      hosts,
      ...(ports === undefined ? {} : { ports }),
      ...(serverName === undefined ? {} : { serverName }),
      ...(row.tags === undefined ? {} : { tags: row.tags }),
      text: word,
      origin,
    });
  }
}

function problemWith(
  reader: TargetReader,
  { hosts, port, serverName }: ParsedToken,
  row: RowDetails,
): string | null {
  if (!reader.allowWildcards && hosts.some((host) => 'name' in host && host.name.startsWith('*.'))) {
    return 'is a wildcard: it may be excluded, yet there is no host to connect to';
  }
  if (port?.protocol !== undefined) {
    const unknown = checkProtocol(port.protocol, reader.protocols);
    if (unknown !== null) return unknown.problem;
  }
  if (port !== null && row.ports !== undefined) {
    return 'has a port of its own: leave it out here or in the port column';
  }
  if (serverName !== null && row.serverName !== undefined) {
    return 'has a server name of its own: leave it out here or in the name column';
  }
  return null;
}
