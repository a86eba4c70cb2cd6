import type { ByteStream } from '../byte-stream.js';
import type { Upgrade } from '../starttls-protocol.js';
import { awaitText } from './line.js';
import { otherProtocol } from './other-protocol.js';
import { ownName } from './own-name.js';
import { toPrintable } from './printable.js';
import { recogniseGreeting } from './recognise-greeting.js';
import { refusal } from './refusal.js';
import { type Reply, readReply } from './reply.js';
import { SMTP_REFUSALS } from './smtp-step.js';

/** Codes by which a server says that it does not know EHLO, and so no extension (RFC 5321, section 4.1.4). */
const UNKNOWN_COMMAND = new Set([500, 501, 502, 504]);

/** What Cisco's mail inspection writes over the keyword that it hides from the client. */
const MASKED_KEYWORD = /^\d{3}[ -]X{7}[XA]$/;

/** SMTP's way to TLS (RFC 3207), which LMTP shares but for the verb of its hello. */
export async function holdSmtpDialog(
  stream: ByteStream,
  verb: 'EHLO' | 'LHLO',
  expected: string,
): Promise<Upgrade> {
  await awaitText(stream, expected);
  const greeting = await readReply(stream, expected);
  if (greeting.code >= 400) throw refusal(`${greeting.code}`, SMTP_REFUSALS.greeting, greeting.words);
  const spoken = recogniseGreeting(Buffer.from(greeting.words))?.protocol;
  if (greeting.code !== 220 || spoken === 'ftp') throw otherProtocol(expected, greeting.words);

  stream.write(Buffer.from(`${verb} ${ownName()}\r\n`));
  requireOffer(await readReply(stream, expected), verb);

  stream.write(Buffer.from('STARTTLS\r\n'));
  const answer = await readReply(stream, expected);
  if (answer.code !== 220) throw refusal(`${answer.code}`, SMTP_REFUSALS.starttls, answer.words);
  return { stream, greeting: toPrintable(greeting.lines[0] ?? '') };
}

function requireOffer(hello: Reply, verb: 'EHLO' | 'LHLO'): void {
  if (UNKNOWN_COMMAND.has(hello.code))
    throw refusal('not-offered', SMTP_REFUSALS.unknownHello(verb), hello.words);
  if (hello.code !== 250) throw refusal(`${hello.code}`, SMTP_REFUSALS.hello(verb), hello.words);
  if (hello.lines.some((line) => /^\d{3}[ -]STARTTLS\b/i.test(line))) return;
  throw hello.lines.some((line) => MASKED_KEYWORD.test(line))
    ? refusal('not-offered', 'a firewall hides STARTTLS from the capabilities', hello.words)
    : refusal('not-offered', 'STARTTLS is not among the capabilities', hello.words);
}
