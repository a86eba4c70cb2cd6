import { awaitText, readLines } from '../dialog/line.js';
import { otherProtocol } from '../dialog/other-protocol.js';
import { toPrintable } from '../dialog/printable.js';
import { refusal } from '../dialog/refusal.js';
import { readReply } from '../dialog/reply.js';
import type { StarttlsProtocol, Upgrade } from '../starttls-protocol.js';

const EXPECTED = 'an NNTP server';

/**
 * NNTP, the protocol of news servers (RFC 3977, RFC 4642).
 *
 * 1. S: `200` or `201`
 * 2. C: `CAPABILITIES`
 * 3. S: `101`, capabilities one a line, among them `STARTTLS`, then `.`; or 500: the server keeps no list
 * 4. C: `STARTTLS`
 * 5. S: `382`, then TLS
 *
 * Refusals: 400 or 502 at the greeting; `not-offered` (there is a list, without STARTTLS); 580 (cannot start now), 502,
 * 483, 500 to the command. A server older than CAPABILITIES is asked for STARTTLS all the same.
 * Tried with nnrpd of INN 2.7.
 */
export const nntp: StarttlsProtocol = {
  name: 'nntp',
  title: 'NNTP',
  defaultPorts: [119, 433],
  citation: 'RFC 4642, section 2.2',
  async upgrade(stream): Promise<Upgrade> {
    await awaitText(stream, EXPECTED);
    const greeting = await readReply(stream, EXPECTED);
    if (greeting.code >= 400)
      throw refusal(`${greeting.code}`, 'turned away at the greeting', greeting.words);
    if (greeting.code !== 200 && greeting.code !== 201) throw otherProtocol(EXPECTED, greeting.words);

    stream.write(Buffer.from('CAPABILITIES\r\n'));
    const reply = await readReply(stream, EXPECTED);
    if (reply.code === 101) {
      const capabilities = await readLines(stream, EXPECTED, (line) => line === '.');
      if (!capabilities.some((line) => /^STARTTLS\b/i.test(line)))
        throw refusal(
          'not-offered',
          'STARTTLS is not among the capabilities',
          capabilities.slice(0, -1).join(' '),
        );
    }

    stream.write(Buffer.from('STARTTLS\r\n'));
    const answer = await readReply(stream, EXPECTED);
    if (answer.code !== 382) throw refusal(`${answer.code}`, 'STARTTLS was refused', answer.words);
    return { stream, greeting: toPrintable(greeting.lines[0] ?? '') };
  },
};
