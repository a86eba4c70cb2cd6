import type { ByteStream } from '../byte-stream.js';
import { awaitText } from '../dialog/line.js';
import { otherProtocol } from '../dialog/other-protocol.js';
import { toPrintable } from '../dialog/printable.js';
import { recogniseGreeting } from '../dialog/recognise-greeting.js';
import { refusal } from '../dialog/refusal.js';
import { type Reply, readReply } from '../dialog/reply.js';
import type { StarttlsProtocol, Upgrade } from '../starttls-protocol.js';

const EXPECTED = 'an FTP server';

/** Replies that follow one another before the server is ready (120: wait a few minutes); more than these is a game. */
const MAX_PRELIMINARY = 10;

/**
 * FTP's control connection (RFC 4217, RFC 2228).
 *
 * 1. S: `220`, perhaps of many lines, perhaps after a `120`
 * 2. C: `AUTH TLS`
 * 3. S: `234` (old servers: `334`), then TLS
 *
 * FEAT is not asked: many servers leave AUTH out of it. A `504` (mechanism unknown) is answered with `AUTH SSL`, the
 * name that servers older than RFC 4217 know. Refusals: 421 or 5xx at the greeting; 431, 500, 502, 503, 504, 530, 534,
 * 550 to the command. Tried with ProFTPD 1.3.
 */
export const ftp: StarttlsProtocol = {
  name: 'ftp',
  title: 'FTP with AUTH TLS',
  defaultPorts: [21],
  citation: 'RFC 4217, section 4',
  async upgrade(stream): Promise<Upgrade> {
    await awaitText(stream, EXPECTED);
    const greeting = await readFinalReply(stream);
    if (greeting.code >= 400)
      throw refusal(`${greeting.code}`, 'turned away at the greeting', greeting.words);
    const spoken = recogniseGreeting(Buffer.from(greeting.words))?.protocol;
    if (greeting.code !== 220 || spoken === 'smtp' || spoken === 'lmtp')
      throw otherProtocol(EXPECTED, greeting.words);

    stream.write(Buffer.from('AUTH TLS\r\n'));
    let answer = await readReply(stream, EXPECTED);
    if (answer.code === 504) {
      stream.write(Buffer.from('AUTH SSL\r\n'));
      answer = await readReply(stream, EXPECTED);
    }
    if (answer.code !== 234 && answer.code !== 334)
      throw refusal(`${answer.code}`, 'AUTH TLS was refused', answer.words);
    return { stream, greeting: toPrintable(greeting.lines[0] ?? '') };
  },
};

async function readFinalReply(stream: ByteStream): Promise<Reply> {
  let reply = await readReply(stream, EXPECTED);
  for (let count = 0; reply.code < 200 && count < MAX_PRELIMINARY; count += 1)
    reply = await readReply(stream, EXPECTED);
  return reply;
}
