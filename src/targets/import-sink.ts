import type { Origin, PortRange, Target } from '../model/target.js';
import { UsageError } from '../model/usage-error.js';
import { type Address, formatAddress } from './address.js';
import { readHostName } from './host-name.js';
import { readPlainAddress } from './plain-address.js';
import { MAX_PORT } from './port-range.js';
import { isProblem, type Problem } from './problem.js';
import { createProblemList } from './problem-list.js';
import type { ProtocolPorts } from './protocol-ports.js';

/** A port that a scanner found open, in its own words. */
export interface FoundPort {
  /** Null: the scanner gives none, and the name is to be resolved. */
  readonly address: string | null;
  /** The name by which the scanner was asked for the host, so the one to send; null: it was asked by address. */
  readonly name: string | null;
  /** Null: it does not say, and the ports of the scan hold. */
  readonly port: number | string | null;
  /** Absent: what is expected on the port. */
  readonly protocol?: string | undefined;
}

/** Why something that a file tells is no target. */
export type LeftOut =
  | 'closed or filtered'
  | 'not TCP'
  | 'plain HTTP'
  | 'at a link-local address'
  | 'without a port';

/** Where readers of other scanners' files put what they find. */
export interface ImportSink {
  readonly protocols: readonly ProtocolPorts[];
  /** Keeps an open port, or notes what is wrong with it. */
  add(found: FoundPort, line: number): void;
  /** Counts something that is no target. */
  leaveOut(why: LeftOut): void;
  /** Adds to what the user is told of the file. */
  remark(text: string): void;
  /** Refuses the file, which is not what it began as; `problem` follows the name of its form: `ends too early`. */
  fail(problem: string, line: number): never;
}

/** What one file has brought. */
export interface Imported {
  readonly targets: readonly Target[];
  /** One line: how many targets, what was left out and why, and remarks. */
  readonly note: string;
}

/** fe80::/10 (RFC 4291, section 2.5.6). */
const LINK_LOCAL_PREFIX = 0x3fan;

/** Makes an empty sink for a file; `finish` throws a UsageError where anything in the file was wrong. */
export function createImportSink(
  source: string,
  formatName: string,
  protocols: readonly ProtocolPorts[],
): ImportSink & { finish(): Imported } {
  const targets: Target[] = [];
  const problems = createProblemList();
  const leftOut = new Map<LeftOut, number>();
  const remarks: string[] = [];
  // A million targets share what they can: the origin, the ports and, one after another, the host.
  const origin: Origin = { place: source };
  const portLists = new Map<string, readonly PortRange[]>();
  let lastAddress: string | null = null;
  let lastHosts: Target['hosts'] | null = null;

  function portsOf(port: number, protocol: string | undefined): readonly PortRange[] {
    const key = `${port}/${protocol ?? ''}`;
    const known = portLists.get(key);
    if (known !== undefined) return known;
    const ports = [{ first: port, last: port, ...(protocol === undefined ? {} : { protocol }) }];
    portLists.set(key, ports);
    return ports;
  }

  function hostsOf(text: string, address: Address): Target['hosts'] {
    if (text !== lastAddress || lastHosts === null) {
      lastAddress = text;
      lastHosts = { family: address.family, first: address.value, last: address.value };
    }
    return lastHosts;
  }

  /** Keeps it; a problem when it cannot be right, with the word that has it. */
  function addFound(found: FoundPort): (Problem & { readonly word: string }) | null {
    const name = found.name === null ? null : readHostName(found.name);
    if (isProblem(name)) return { word: found.name ?? '', ...name };
    const port = found.port === null ? null : readPort(found.port);
    if (port === undefined) return { word: String(found.port), problem: 'is no port' };
    const ports = port === null ? {} : { ports: portsOf(port, found.protocol) };
    if (port === 0) leaveOut('without a port');
    else if (found.address !== null) {
      const address = readPlainAddress(found.address);
      if (isProblem(address)) return { word: found.address, ...address };
      if (address.family === 6 && address.value >> 118n === LINK_LOCAL_PREFIX) {
        leaveOut('at a link-local address');
        return null;
      }
      const serverName = name === null ? {} : { serverName: name };
      const text = formatAddress(address);
      targets.push({ hosts: hostsOf(text, address), ...ports, ...serverName, text, origin });
    } else if (name !== null) targets.push({ hosts: { name }, ...ports, text: name, origin });
    else return { word: '', problem: 'has neither address nor name' };
    return null;
  }

  const leaveOut = (why: LeftOut) => {
    leftOut.set(why, (leftOut.get(why) ?? 0) + 1);
  };

  return {
    protocols,
    leaveOut,
    remark: (text) => {
      remarks.push(text);
    },
    add(found, line) {
      const problem = addFound(found);
      if (problem !== null) problems.add(`${source} line ${line}`, problem.word, problem.problem);
    },
    fail(problem, line) {
      throw new UsageError(
        `${source} line ${line}: the ${formatName} ${problem}; nothing of it is scanned: write it again, whole`,
      );
    },
    finish() {
      problems.throwIfAny();
      const count = targets.length.toLocaleString('en-US');
      const counts = [...leftOut].map(([why, times]) => `${times.toLocaleString('en-US')} ${why}`);
      const parts = [
        `${source}: ${formatName}, ${count} ${targets.length === 1 ? 'target' : 'targets'}`,
        ...(counts.length === 0 ? [] : [`left out: ${counts.join(', ')}`]),
        ...remarks,
      ];
      return { targets, note: parts.join('; ') };
    },
  };
}

/** A port as a number, 0 among them; undefined: it is none. */
function readPort(value: number | string): number | undefined {
  const port = typeof value === 'string' && /^\d{1,5}$/.test(value) ? Number(value) : value;
  return typeof port === 'number' && Number.isInteger(port) && port >= 0 && port <= MAX_PORT
    ? port
    : undefined;
}
