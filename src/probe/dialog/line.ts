import type { ByteStream } from '../byte-stream.js';
import { awaitOtherProtocol } from './other-protocol.js';
import { oversize } from './oversize.js';

/**
 * Standards allow 512 bytes (SMTP, IRC, NNTP) to 8192 (IMAP, and header lines in most web servers); NATS puts all it
 * has to say of a cluster into one line.
 */
export const MAX_LINE_BYTES = 16 * 1024;

/** A whole reply, over all of its lines: FTP servers greet with pages of terms of use. */
export const MAX_REPLY_BYTES = 64 * 1024;

const LINE_FEED = 0x0a;

/**
 * Waits for the first bytes and makes sure that they are text, as those of every line protocol are; throws `not-tls`
 * otherwise, at once, where waiting for the end of a line would take until the deadline.
 */
export async function awaitText(stream: ByteStream, expected: string): Promise<void> {
  if (stream.buffered.length === 0) await stream.fill();
  if (!isText(stream.buffered[0])) throw await awaitOtherProtocol(stream, expected);
}

/** Reads one line, without its end (CR LF, or LF alone), as UTF-8. */
export async function readLine(stream: ByteStream, expected: string): Promise<string> {
  let searched = 0;
  for (;;) {
    const { buffered } = stream;
    const end = buffered.indexOf(LINE_FEED, searched);
    const fresh = buffered.subarray(searched, end === -1 ? buffered.length : end);
    if (fresh.includes(0)) throw await awaitOtherProtocol(stream, expected);
    if (end > MAX_LINE_BYTES || (end === -1 && buffered.length > MAX_LINE_BYTES))
      throw oversize(`a line of ${expected}`, MAX_LINE_BYTES);
    if (end !== -1)
      return stream
        .take(end + 1)
        .toString('utf8')
        .replace(/\r?\n$/, '');
    searched = buffered.length;
    await stream.fill();
  }
}

/** Reads lines until `isLast` says so and returns them all; the reply as a whole is bounded too. */
export async function readLines(
  stream: ByteStream,
  expected: string,
  isLast: (line: string) => boolean,
): Promise<string[]> {
  const lines: string[] = [];
  let size = 0;
  for (;;) {
    const line = await readLine(stream, expected);
    lines.push(line);
    if (isLast(line)) return lines;
    // Each line costs at least its end, so that empty lines cannot go on for ever.
    size += line.length + 2;
    if (size > MAX_REPLY_BYTES) throw oversize(`a reply of ${expected}`, MAX_REPLY_BYTES);
  }
}

function isText(byte: number | undefined): boolean {
  return byte !== undefined && ((byte >= 0x20 && byte < 0x7f) || byte === 0x0d || byte === 0x0a);
}
