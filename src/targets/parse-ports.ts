import type { PortRange } from '../model/target.js';
import { UsageError } from '../model/usage-error.js';
import { checkProtocol } from './check-protocol.js';
import { didYouMean } from './did-you-mean.js';
import { PORT_LISTS } from './port-lists.js';
import { readPortRange } from './port-range.js';
import { isProblem, type Problem } from './problem.js';
import type { ProtocolPorts } from './protocol-ports.js';
import { quoteWord } from './quote-word.js';

/**
 * Reads a list of ports, as `--ports` takes it: ports, ranges and named lists, each port or range perhaps with a
 * protocol, between commas, semicolons or white space. `source` is how the UsageError calls the input.
 */
export function parsePorts(
  text: string,
  options: { readonly source: string; readonly protocols: readonly ProtocolPorts[] },
): PortRange[] {
  const ports = readPorts(text, options.protocols);
  if (!isProblem(ports)) return ports;
  throw new UsageError(`${options.source}: ${quoteWord(text)} ${ports.problem}`);
}

/** Reads a list of ports; a problem where one of them is wrong. */
export function readPorts(text: string, protocols: readonly ProtocolPorts[]): PortRange[] | Problem {
  const words = text.split(/[\s,;]+/).filter((word) => word !== '');
  const names = PORT_LISTS.map((list) => list.name);
  const ports = new Map<string, PortRange>();
  for (const word of words) {
    const list = PORT_LISTS.find(({ name }) => name === word.toLowerCase());
    if (list === undefined && /^[a-z-]+$/i.test(word)) {
      return { problem: `names an unknown list of ports ${quoteWord(word)}${didYouMean(word, names)}` };
    }
    for (const item of list?.ports.split(' ') ?? [word]) {
      const range = readPortRange(item);
      if (isProblem(range)) return range;
      const unknown = range.protocol === undefined ? null : checkProtocol(range.protocol, protocols);
      if (unknown !== null) return unknown;
      ports.set(`${range.first}-${range.last}/${range.protocol}`, range);
    }
  }
  if (ports.size === 0) return { problem: 'names no port: write 443, 8000-8100, 25/smtp or web' };
  return [...ports.values()];
}
