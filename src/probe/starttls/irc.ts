import { awaitText, MAX_REPLY_BYTES, readLine } from '../dialog/line.js';
import { otherProtocol } from '../dialog/other-protocol.js';
import { oversize } from '../dialog/oversize.js';
import { toPrintable } from '../dialog/printable.js';
import { recogniseGreeting } from '../dialog/recognise-greeting.js';
import { refusal } from '../dialog/refusal.js';
import type { StarttlsProtocol, Upgrade } from '../starttls-protocol.js';

const EXPECTED = 'an IRC server';

/** Numerics that refuse: unknown command, not registered, already registered, STARTTLS failed. */
const REFUSALS = new Set(['421', '451', '462', '691']);

/**
 * IRC (the tls extension of IRCv3, deprecated in favour of implicit TLS).
 *
 * 1. C: `STARTTLS`, before any registration
 * 2. S: notices, such as those of looking up our host name; they are passed over
 * 3. S: `:irc.example 670 * :STARTTLS successful`, then TLS
 *
 * Refusals: 691 (failed), 421 (unknown command), 451 (register first), 462, and `error` (the server closes the link).
 * Tried with InspIRCd 3.15.
 */
export const irc: StarttlsProtocol = {
  name: 'irc',
  title: 'IRC',
  defaultPorts: [6665, 6666, 6667, 6668, 6669],
  citation: 'IRCv3, tls extension',
  async upgrade(stream): Promise<Upgrade> {
    stream.write(Buffer.from('STARTTLS\r\n'));
    await awaitText(stream, EXPECTED);
    let greeting: string | null = null;
    for (let size = 0; size <= MAX_REPLY_BYTES; ) {
      const line = await readLine(stream, EXPECTED);
      size += line.length + 2;
      const command = /^(?:@\S+ +)?(?::\S+ +)?([A-Z]+|\d{3})(?= |$)/i.exec(line)?.[1]?.toUpperCase();
      if (command === undefined || (greeting === null && !isIrc(line))) throw otherProtocol(EXPECTED, line);
      greeting ??= toPrintable(line);
      if (command === '670') return { stream, greeting };
      if (REFUSALS.has(command)) throw refusal(command, 'STARTTLS was refused', line);
      if (command === 'ERROR') throw refusal('error', 'the server ended the session', line);
    }
    throw oversize(`what ${EXPECTED} says before its answer`, MAX_REPLY_BYTES);
  },
};

/** Numerics have a prefix in IRC: a bare one is a reply of SMTP or FTP. */
function isIrc(line: string): boolean {
  const recognised = recogniseGreeting(Buffer.from(line));
  return recognised === null || recognised.protocol === 'irc';
}
