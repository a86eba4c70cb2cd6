import type { ByteStream } from '../byte-stream.js';
import type { DialogContext, Upgrade } from '../starttls-protocol.js';
import { MAX_REPLY_BYTES } from './line.js';
import { malformed } from './malformed.js';
import { awaitOtherProtocol, otherProtocol } from './other-protocol.js';
import { oversize } from './oversize.js';
import { toPrintable } from './printable.js';
import { refusal } from './refusal.js';

// Why no XML parser: a stream of XMPP may hold no comments, processing instructions or entities (RFC 6120, section
// 11.1), and of what it does hold the names of the tags are all we need.

const EXPECTED = 'an XMPP stream';

const TLS_NAMESPACE = 'urn:ietf:params:xml:ns:xmpp-tls';

/** One tag with the text before it. */
interface Tag {
  /** As sent, without the text before it. */
  readonly markup: string;
  readonly text: string;
  /** Without prefix; that of a closing tag begins with `/`. */
  readonly name: string;
  readonly isEmpty: boolean;
}

/** XMPP's way to TLS (RFC 6120, section 5.4): the same for clients and for servers but for the namespace. */
export async function holdXmppDialog(
  stream: ByteStream,
  context: DialogContext,
  namespace: string,
): Promise<Upgrade> {
  const to = escapeAttribute(context.serverName ?? context.host);
  stream.write(
    Buffer.from(
      `<?xml version='1.0'?><stream:stream ${namespace} xmlns:stream='http://etherx.jabber.org/streams'` +
        ` to='${to}' version='1.0'>`,
    ),
  );
  const tags = new TagReader(stream);
  const header = await readHeader(tags, stream);
  await awaitOffer(tags, to);
  stream.write(Buffer.from(`<starttls xmlns='${TLS_NAMESPACE}'/>`));
  const answer = await tags.next();
  if (answer.name === 'failure') throw refusal('failure', 'STARTTLS was refused', answer.markup);
  if (answer.name === 'error') throw await streamError(tags, to);
  if (answer.name !== 'proceed') throw malformed(`expected proceed, got ${toPrintable(answer.markup)}`);
  if (!answer.isEmpty) await tags.next();
  return { stream, greeting: toPrintable(header.markup) };
}

async function readHeader(tags: TagReader, stream: ByteStream): Promise<Tag> {
  while (stream.buffered.length === 0) await stream.fill();
  if (!/^[<\s]/.test(stream.buffered.toString('latin1', 0, 1)))
    throw await awaitOtherProtocol(stream, EXPECTED);
  let tag = await tags.next();
  if (tag.name.startsWith('?')) tag = await tags.next();
  if (tag.name !== 'stream') throw otherProtocol(EXPECTED, tag.markup);
  // Without a version there are no features to wait for (RFC 6120, section 4.7.5).
  if (!/\sversion\s*=/.test(tag.markup)) throw refusal('not-offered', 'XMPP older than 1.0', tag.markup);
  return tag;
}

async function awaitOffer(tags: TagReader, to: string): Promise<void> {
  let isOffered = false;
  for (;;) {
    const tag = await tags.next();
    if (tag.name === 'error') throw await streamError(tags, to);
    if (tag.name === '/stream') throw refusal('closed', 'the server ended the stream');
    if (tag.name === 'starttls') isOffered = true;
    if (tag.name === '/features' || (tag.name === 'features' && tag.isEmpty)) break;
  }
  if (!isOffered) throw refusal('not-offered', 'STARTTLS is not among the stream features');
}

/** Reads what is inside `<stream:error>`: the condition is its first child (RFC 6120, section 4.9.2). */
async function streamError(tags: TagReader, to: string): Promise<Error> {
  let condition = '';
  let words = '';
  for (;;) {
    const tag = await tags.next();
    if (tag.name === '/error' || tag.name === '/stream') break;
    if (condition === '') condition = tag.name.replace(/[^a-z-]/g, '');
    if (tag.name === '/text') words = tag.text;
  }
  const hint = condition === 'host-unknown' ? `, it does not serve ${to} (give the domain it serves)` : '';
  const named = condition === '' ? 'error' : condition;
  return refusal(named, `the server ended the stream with ${named}${hint}`, words);
}

/** Cuts the stream into tags, each with the text before it; bounded over the whole dialog. */
class TagReader {
  readonly #stream: ByteStream;
  #taken = 0;

  constructor(stream: ByteStream) {
    this.#stream = stream;
  }

  async next(): Promise<Tag> {
    let searched = 0;
    for (;;) {
      const { buffered } = this.#stream;
      const end = buffered.indexOf('>', searched);
      searched = buffered.length;
      if (this.#taken + (end === -1 ? searched : end) > MAX_REPLY_BYTES)
        throw oversize(EXPECTED, MAX_REPLY_BYTES);
      if (end !== -1) {
        this.#taken += end + 1;
        return toTag(this.#stream.take(end + 1).toString('utf8'));
      }
      await this.#stream.fill();
    }
  }
}

function toTag(piece: string): Tag {
  const start = piece.lastIndexOf('<');
  if (start === -1) throw malformed(`expected a tag, got ${toPrintable(piece)}`);
  const markup = piece.slice(start);
  const isClosing = markup[1] === '/';
  const qualified = /^<\/?([^\s/>]*)/.exec(markup)?.[1] ?? '';
  const name = qualified.slice(qualified.indexOf(':') + 1);
  return {
    markup,
    text: piece.slice(0, start),
    name: isClosing ? `/${name}` : name,
    isEmpty: markup.endsWith('/>'),
  };
}

function escapeAttribute(text: string): string {
  return text.replace(/[&<>'"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
