import type { PortRange } from '../model/target.js';
import type { Problem } from './problem.js';
import { quoteWord } from './quote-word.js';

/** The highest TCP port: the header's field has 16 bits (RFC 9293, section 3.1). */
export const MAX_PORT = 65_535;

const PORT_RANGE = /^(\d{1,6})(?:-(\d{1,6}))?(?:\/([a-z][a-z0-9-]*))?$/i;

/** Reads `443`, `8000-8100`, `25/smtp` or `8000-8100/tls`; whether the protocol exists is not looked at. */
export function readPortRange(text: string): PortRange | Problem {
  const match = PORT_RANGE.exec(text);
  if (match === null) {
    return { problem: `has no valid port: ${quoteWord(text)} is not like 443, 8000-8100 or 25/smtp` };
  }
  const [, firstText = '', lastText = firstText, protocol] = match;
  const first = Number(firstText);
  const last = Number(lastText);
  for (const port of [first, last]) {
    if (port < 1) return { problem: 'has no valid port: ports begin at 1' };
    if (port > MAX_PORT) return { problem: `has no valid port: ${port} is above ${MAX_PORT}` };
  }
  if (last < first) {
    return { problem: `has a port range that ends before it begins: write ${last}-${first}` };
  }
  return protocol === undefined ? { first, last } : { first, last, protocol: protocol.toLowerCase() };
}

/** Writes a port range the way it is read. */
export function formatPortRange({ first, last, protocol }: PortRange): string {
  const ports = first === last ? `${first}` : `${first}-${last}`;
  return protocol === undefined ? ports : `${ports}/${protocol}`;
}
