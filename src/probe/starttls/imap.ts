import type { ByteStream } from '../byte-stream.js';
import { awaitText, readLine, readLines } from '../dialog/line.js';
import { otherProtocol } from '../dialog/other-protocol.js';
import { toPrintable } from '../dialog/printable.js';
import { refusal } from '../dialog/refusal.js';
import type { StarttlsProtocol, Upgrade } from '../starttls-protocol.js';

const EXPECTED = 'an IMAP server';

/**
 * IMAP (RFC 9051, RFC 3501).
 *
 * 1. S: `* OK [CAPABILITY ... STARTTLS ...] ready`, the brackets being optional
 * 2. C: `a1 CAPABILITY`, unless the greeting named STARTTLS
 * 3. S: `* CAPABILITY ... STARTTLS ...`, `a1 OK`
 * 4. C: `a2 STARTTLS`
 * 5. S: `a2 OK`, then TLS
 *
 * Refusals: `bye` (turned away), `preauth` (the session is past the point where STARTTLS is allowed), `not-offered`,
 * `no`, `bad`. Tried with Dovecot 2.3.
 */
export const imap: StarttlsProtocol = {
  name: 'imap',
  title: 'IMAP',
  defaultPorts: [143],
  citation: 'RFC 9051, section 6.2.1',
  async upgrade(stream): Promise<Upgrade> {
    await awaitText(stream, EXPECTED);
    const greeting = await readLine(stream, EXPECTED);
    const condition = /^\* (OK|PREAUTH|BYE)\b/i.exec(greeting)?.[1]?.toLowerCase();
    if (condition === undefined) throw otherProtocol(EXPECTED, greeting);
    if (condition === 'bye') throw refusal('bye', 'turned away at the greeting', greeting);
    if (condition === 'preauth') throw refusal('preauth', 'the session is authenticated already', greeting);

    const inGreeting = /\[CAPABILITY [^\]]*\]/i.exec(greeting)?.[0] ?? '';
    if (!namesStarttls(inGreeting)) {
      const lines = await command(stream, 'a1', 'CAPABILITY');
      const capabilities = lines.filter((line) => /^\* CAPABILITY /i.test(line)).join(' ');
      if (!namesStarttls(capabilities))
        throw refusal('not-offered', 'STARTTLS is not among the capabilities', capabilities);
    }
    await command(stream, 'a2', 'STARTTLS');
    return { stream, greeting: toPrintable(greeting) };
  },
};

function namesStarttls(capabilities: string): boolean {
  return /[ []STARTTLS(?=[\] ]|$)/i.test(capabilities);
}

/** Sends a command and reads up to its tagged reply; throws a refusal unless that is OK. */
async function command(stream: ByteStream, tag: string, name: string): Promise<string[]> {
  stream.write(Buffer.from(`${tag} ${name}\r\n`));
  const isEnd = (line: string) => line.startsWith(`${tag} `) || /^\* BYE\b/i.test(line);
  const lines = await readLines(stream, EXPECTED, isEnd);
  const last = lines.at(-1) ?? '';
  const [, status = ''] = /^\S+ (\S*)/.exec(last) ?? [];
  if (/^OK$/i.test(status)) return lines;
  if (/^(?:NO|BAD|BYE)$/i.test(status)) throw refusal(status.toLowerCase(), `${name} was refused`, last);
  throw otherProtocol(EXPECTED, last);
}
