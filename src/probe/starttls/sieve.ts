import type { ByteStream } from '../byte-stream.js';
import { readExactly } from '../byte-stream.js';
import { awaitText, MAX_REPLY_BYTES, readLine } from '../dialog/line.js';
import { otherProtocol } from '../dialog/other-protocol.js';
import { oversize } from '../dialog/oversize.js';
import { toPrintable } from '../dialog/printable.js';
import { refusal } from '../dialog/refusal.js';
import type { StarttlsProtocol, Upgrade } from '../starttls-protocol.js';

const EXPECTED = 'a ManageSieve server';

/**
 * ManageSieve, by which mail filters are uploaded (RFC 5804).
 *
 * 1. S: capabilities one a line, among them `"STARTTLS"`, then `OK`
 * 2. C: `STARTTLS`
 * 3. S: `OK`, then TLS (inside which the capabilities come again)
 *
 * Refusals: `bye` (turned away), `not-offered`, `no`. Any string may come as a literal, `{5}` and five bytes after the
 * line's end. Tried with Dovecot 2.3 (Pigeonhole).
 */
export const sieve: StarttlsProtocol = {
  name: 'sieve',
  title: 'ManageSieve',
  defaultPorts: [4190],
  citation: 'RFC 5804, section 2.2',
  async upgrade(stream): Promise<Upgrade> {
    await awaitText(stream, EXPECTED);
    const lines = await readResponse(stream);
    const last = lines.at(-1) ?? '';
    requireOk(last, 'turned away at the greeting');
    if (!lines.some((line) => /^"STARTTLS"/i.test(line)))
      throw refusal('not-offered', 'STARTTLS is not among the capabilities', lines.join(' '));

    stream.write(Buffer.from('STARTTLS\r\n'));
    const answer = await readResponse(stream);
    requireOk(answer.at(-1) ?? '', 'STARTTLS was refused');
    return { stream, greeting: toPrintable(lines[0] ?? '') };
  },
};

function requireOk(line: string, otherwise: string): void {
  const status = /^[A-Z]+/i.exec(line)?.[0].toLowerCase() ?? '';
  if (status !== 'ok') throw refusal(status, otherwise, line);
}

/** Reads lines up to OK, NO or BYE; each other line has to be a string or a number of them. */
async function readResponse(stream: ByteStream): Promise<string[]> {
  const lines: string[] = [];
  let size = 0;
  for (;;) {
    const line = await readLogicalLine(stream);
    lines.push(line);
    if (/^(?:OK|NO|BYE)(?=[ (]|$)/i.test(line)) return lines;
    if (!/^["{]/.test(line)) throw otherProtocol(EXPECTED, line);
    size += line.length + 2;
    if (size > MAX_REPLY_BYTES) throw oversize(`a reply of ${EXPECTED}`, MAX_REPLY_BYTES);
  }
}

/** Reads a line with the literals in it. */
async function readLogicalLine(stream: ByteStream): Promise<string> {
  const pieces: string[] = [];
  for (let size = 0; ; ) {
    const piece = await readLine(stream, EXPECTED);
    pieces.push(piece);
    const length = /\{(\d{1,9})\+?\}$/.exec(piece)?.[1];
    if (length === undefined) return pieces.join(' ');
    size += piece.length + Number(length);
    if (size > MAX_REPLY_BYTES) throw oversize(`a reply of ${EXPECTED}`, MAX_REPLY_BYTES);
    pieces.push((await readExactly(stream, Number(length))).toString('utf8'));
  }
}
