import type { PortRange } from '../model/target.js';
import { readPortRange } from './port-range.js';
import { isProblem, type Problem } from './problem.js';

/** One word of target text, cut at its port. */
export interface Token {
  readonly text: string;
  /** The text before the port; empty for URLs and `name@...`, which have their own way of being cut. */
  readonly hosts: string;
  /** Null: no port was written. */
  readonly port: PortRange | null;
}

/** Cuts the port off a word: `[2001:db8::1]:25/smtp`, `192.0.2.0/24:443`. */
export function cutToken(text: string): Token | Problem {
  if (text.includes('://') || text.includes('@')) return { text, hosts: '', port: null };
  const colon = portColonOf(text);
  if (colon === -1) return { text, hosts: text, port: null };
  const port = readPortRange(text.slice(colon + 1));
  return isProblem(port) ? port : { text, hosts: text.slice(0, colon), port };
}

/** Where the colon before the port is; IPv6 without brackets takes all of its colons for itself. */
function portColonOf(text: string): number {
  const bracket = text.lastIndexOf(']');
  if (bracket !== -1) return text.indexOf(':', bracket);
  const colon = text.indexOf(':');
  return colon === text.lastIndexOf(':') ? colon : -1;
}
