import { awaitText, readLine, readLines } from '../dialog/line.js';
import { otherProtocol } from '../dialog/other-protocol.js';
import { toPrintable } from '../dialog/printable.js';
import { refusal } from '../dialog/refusal.js';
import type { StarttlsProtocol, Upgrade } from '../starttls-protocol.js';

const EXPECTED = 'a POP3 server';

/**
 * POP3 (RFC 1939, RFC 2595).
 *
 * 1. S: `+OK ready`
 * 2. C: `CAPA`
 * 3. S: `+OK`, capabilities one a line, among them `STLS`, then `.`; or `-ERR`: the server keeps no list
 * 4. C: `STLS`
 * 5. S: `+OK`, then TLS
 *
 * Refusals: `not-offered` (there is a list, without STLS), `err` (`-ERR`). A server without a list is asked for STLS
 * all the same: CAPA is younger than many of them. Tried with Dovecot 2.3.
 */
export const pop3: StarttlsProtocol = {
  name: 'pop3',
  title: 'POP3',
  defaultPorts: [110],
  citation: 'RFC 2595, section 4',
  async upgrade(stream): Promise<Upgrade> {
    await awaitText(stream, EXPECTED);
    const greeting = await readLine(stream, EXPECTED);
    if (/^-ERR\b/i.test(greeting)) throw refusal('err', 'turned away at the greeting', greeting);
    if (!isPositive(greeting)) throw otherProtocol(EXPECTED, greeting);

    stream.write(Buffer.from('CAPA\r\n'));
    if (isPositive(await readLine(stream, EXPECTED))) {
      const capabilities = await readLines(stream, EXPECTED, (line) => line === '.');
      if (!capabilities.some((line) => /^STLS\b/i.test(line)))
        throw refusal(
          'not-offered',
          'STLS is not among the capabilities',
          capabilities.slice(0, -1).join(' '),
        );
    }

    stream.write(Buffer.from('STLS\r\n'));
    const answer = await readLine(stream, EXPECTED);
    if (!isPositive(answer)) throw refusal('err', 'STLS was refused', answer);
    return { stream, greeting: toPrintable(greeting) };
  },
};

function isPositive(line: string): boolean {
  return /^\+OK\b/i.test(line);
}
