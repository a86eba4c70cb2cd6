import { MAX_TAGS, readTag } from '../model/annotation-edit.js';
import { nearestWord } from '../model/nearest-word.js';
import type { Origin, PortRange } from '../model/target.js';
import { UsageError } from '../model/usage-error.js';
import { checkProtocol } from './check-protocol.js';
import { readHostName } from './host-name.js';
import { readPorts } from './parse-ports.js';
import { isProblem, type Problem } from './problem.js';
import { IMPLICIT_TLS, type ProtocolPorts } from './protocol-ports.js';
import { type RowDetails, readTarget, type TargetReader } from './target-reader.js';

/** The columns that a table of targets may have; others are passed over. */
export const TARGET_COLUMNS = ['address', 'name', 'port', 'protocol', 'tags'] as const;

export type TargetColumn = (typeof TARGET_COLUMNS)[number];

/** One row of a table of targets; absent and empty cells say nothing. */
export type TargetRow = Partial<Record<TargetColumn, string>>;

/** The column that a heading means; null: none; a problem when it looks like a slip of the finger. */
export function readTargetColumn(heading: string): TargetColumn | Problem | null {
  const folded = heading.trim().toLowerCase();
  const column = TARGET_COLUMNS.find((name) => name === folded);
  if (column !== undefined) return column;
  const near = nearestWord(folded, TARGET_COLUMNS);
  return near === null ? null : { problem: `is no known column: did you mean "${near}"` };
}

/** Reads one row and keeps the targets that it means, or notes what is wrong with it. */
export function readTargetRow(reader: TargetReader, row: TargetRow, origin: Origin): void {
  const note = (word: string, problem: string) => reader.problems.add(origin.place, word, problem);
  const addresses = wordsOf(row.address ?? '');
  const name = (row.name ?? '').trim();
  const ports = portsOf(row, reader.protocols);
  if (isProblem(ports)) {
    note(row.port || row.protocol || '', ports.problem);
    return;
  }
  const tags = readTags(row.tags ?? '');
  if (isProblem(tags)) {
    note(row.tags ?? '', tags.problem);
    return;
  }
  const details: RowDetails = {
    ...(ports === null ? {} : { ports }),
    ...(tags.length === 0 ? {} : { tags }),
  };
  if (addresses.length === 0) {
    if (name === '') note('', 'has neither address nor name: a row needs one of them');
    else readTarget(reader, name, origin, details);
    return;
  }
  const serverName = name === '' ? undefined : readHostName(name);
  if (isProblem(serverName)) {
    note(name, serverName.problem);
    return;
  }
  for (const address of addresses) {
    readTarget(reader, address, origin, serverName === undefined ? details : { ...details, serverName });
  }
}

function readTags(cell: string): string[] | Problem {
  // A cell may go over several lines.
  const words = cell
    .replace(/\s+/g, ' ')
    .split(/[,;]/)
    .filter((word) => word.trim() !== '');
  if (words.length > MAX_TAGS) return { problem: `has ${words.length} tags: ${MAX_TAGS} are the most` };
  try {
    return words.map(readTag);
  } catch (error) {
    if (error instanceof UsageError) return { problem: `has a ${error.message}` };
    throw error;
  }
}

function wordsOf(cell: string): string[] {
  return cell.split(/[\s,;]+/).filter((word) => word !== '');
}

/** The ports that a row asks for; null: those of the scan. */
function portsOf(row: TargetRow, protocols: readonly ProtocolPorts[]): PortRange[] | Problem | null {
  const protocol = (row.protocol ?? '').trim().toLowerCase();
  const unknown = protocol === '' ? null : checkProtocol(protocol, protocols);
  if (unknown !== null) return unknown;
  const text = (row.port ?? '').trim();
  if (text !== '') {
    const ports = readPorts(text, protocols);
    if (isProblem(ports) || protocol === '') return ports;
    return ports.map(({ first, last }) => ({ first, last, protocol }));
  }
  if (protocol === '') return null;
  const defaultPorts = protocols.find((known) => known.name === protocol)?.defaultPorts ?? [];
  if (protocol === IMPLICIT_TLS || defaultPorts.length === 0) {
    return { problem: 'is a protocol without a port: write the port too' };
  }
  return defaultPorts.map((port) => ({ first: port, last: port, protocol }));
}
