import type { ByteStream } from '../byte-stream.js';
import { readLine, readLines } from './line.js';
import { otherProtocol } from './other-protocol.js';

/** A reply of the kind that begins with three digits: SMTP (RFC 5321, section 4.2), FTP (RFC 959, 4.2), NNTP. */
export interface Reply {
  readonly code: number;
  /** The lines whole, codes included. */
  readonly lines: readonly string[];
  /** All lines joined, to be quoted. */
  readonly words: string;
}

/** Reads one reply, of however many lines; throws `not-tls` when the server does not speak in such replies. */
export async function readReply(stream: ByteStream, expected: string): Promise<Reply> {
  const first = await readLine(stream, expected);
  const code = /^(\d{3})(?:[ -]|$)/.exec(first)?.[1];
  if (code === undefined) throw otherProtocol(expected, first);
  const lines = [first];
  // The middle lines of an FTP reply need not carry the code; the last one does, in every protocol of this kind.
  if (first[3] === '-')
    lines.push(
      ...(await readLines(stream, expected, (line) => line.startsWith(code) && (line[3] ?? ' ') === ' ')),
    );
  return { code: Number(code), lines, words: lines.join(' ') };
}
