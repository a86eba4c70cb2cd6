import { ByteReader } from '../hello/byte-reader.js';
import { EXTENSION_TYPE } from '../hello/extension-type.js';
import type { HelloAnswer } from '../hello/hello-answer.js';
import { ProbeFailure } from '../probe-failure.js';
import { type Answered, answered, unanswered } from './answered.js';
import type { Asker } from './asker.js';
import { type PostureQuestion, postureHello } from './posture-hello.js';

/** What may speak behind implicit TLS: web first, then what has a registered name (IANA ALPN Protocol IDs). */
const BEHIND_TLS = [
  ...['h2', 'http/1.1', 'http/1.0', 'dot', 'mqtt', 'imap', 'pop3', 'nntp', 'managesieve', 'ftp', 'irc'],
  ...['xmpp-client', 'xmpp-server', 'sip/2', 'postgresql', 'tds/8.0', 'acme-tls/1'],
];

/** Registered names of the STARTTLS protocols that have one. */
const BEHIND_STARTTLS: Readonly<Record<string, readonly string[]>> = {
  ftp: ['ftp'],
  imap: ['imap'],
  irc: ['irc'],
  mssql: ['tds/8.0'],
  nntp: ['nntp'],
  pop3: ['pop3'],
  postgres: ['postgresql'],
  sieve: ['managesieve'],
  'xmpp-client': ['xmpp-client'],
  'xmpp-server': ['xmpp-server'],
};

/** Web servers take three or four; one that takes each name that it is offered needs no more proof. */
const MAX_PROTOCOLS = 6;

/**
 * Lists the application protocols that a server accepts (RFC 7301), by taking out the one it chose until it chooses
 * none. `question` is one that the server answers.
 */
export async function listAlpn(
  asker: Asker,
  question: PostureQuestion,
  protocol: string,
): Promise<Answered<readonly string[]>> {
  const left = new Set(protocol === 'tls' ? BEHIND_TLS : BEHIND_STARTTLS[protocol]);
  const accepted: string[] = [];
  while (left.size > 0 && accepted.length < MAX_PROTOCOLS) {
    // TLS 1.3 answers behind its own key (RFC 8446, section 4.3.1).
    const extent = question.version === 'TLSv1.3' ? 'certificate' : 'server-hello';
    const reply = await asker.ask(postureHello({ ...question, alpn: [...left] }), extent);
    if (reply.kind === 'unknown') return unanswered(reply.reason);
    if (reply.kind === 'refusal') break;
    const chosen = chosenProtocol(reply.answer);
    if (chosen === null || !left.delete(chosen)) break;
    accepted.push(chosen);
  }
  return answered(accepted);
}

/** The protocol that an answer names; null: none, or not readably. */
function chosenProtocol(answer: HelloAnswer): string | null {
  const extension = answer.kind === 'server-hello' ? answer.extensions.get(EXTENSION_TYPE.alpn) : undefined;
  if (!extension) return null;
  try {
    return new ByteReader(extension, 'ALPN').nested(2, 'the protocols').vector(1).toString('latin1');
  } catch (failure) {
    if (!(failure instanceof ProbeFailure)) throw failure;
    return null;
  }
}
