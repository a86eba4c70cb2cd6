import type { ByteStream } from '../byte-stream.js';
import { readExactly } from '../byte-stream.js';
import { malformed } from '../dialog/malformed.js';
import { awaitOtherProtocol } from '../dialog/other-protocol.js';
import { oversize } from '../dialog/oversize.js';
import { refusal } from '../dialog/refusal.js';
import { readTdsHeader, TDS_PRELOGIN, TDS_RESPONSE, toTdsPackets } from '../dialog/tds-packets.js';
import { TdsStream } from '../dialog/tds-stream.js';
import type { StarttlsProtocol, Upgrade } from '../starttls-protocol.js';

const EXPECTED = 'a SQL Server';

/** Option tokens of PRELOGIN (MS-TDS, section 2.2.6.5). */
const VERSION = 0x00;
const ENCRYPTION = 0x01;
const TERMINATOR = 0xff;

/** Token, offset (2), length (2). */
const OPTION_BYTES = 5;

/** The server has no TLS, the one value of ENCRYPTION that says so. */
const ENCRYPT_NOT_SUP = 0x02;

/** A PRELOGIN answer takes some 40 bytes; one that fills a packet is no answer. */
const MAX_PRELOGIN_BYTES = 4096;

/** Options VERSION, ENCRYPTION (on), INSTOPT (none), THREADID, MARS (off), each with its offset and length; then data. */
const PRELOGIN = Buffer.from(
  ['00001a0006', '0100200001', '0200210001', '0300220004', '0400260001', 'ff'].join('') +
    ['090000000000', '01', '00', '00000000', '00'].join(''),
  'hex',
);

/**
 * Microsoft SQL Server with TDS 7: the TLS handshake travels inside TDS packets. TDS 8 (strict encryption) is implicit
 * TLS and is not asked for here; a server that is strict closes upon PRELOGIN.
 *
 * 1. C: PRELOGIN with the option ENCRYPTION set to on
 * 2. S: a response with its own ENCRYPTION: 0 (for the login alone), 1 (on), 3 (required)
 * 3. TLS, each flight in PRELOGIN packets
 *
 * Refusals: `not-offered` (ENCRYPTION is 2, or absent). TLS 1.3 does not exist inside TDS 7.
 */
export const mssql: StarttlsProtocol = {
  name: 'mssql',
  title: 'Microsoft SQL Server (TDS 7)',
  defaultPorts: [1433],
  citation: 'MS-TDS, sections 2.2.6.5 and 3.2.5.2',
  async upgrade(stream): Promise<Upgrade> {
    for (const packet of toTdsPackets(PRELOGIN, 0)) stream.write(packet);
    const answer = await readAnswer(stream);
    const encryption = findOption(answer, ENCRYPTION)?.[0];
    if (encryption === undefined) throw refusal('not-offered', 'the answer to PRELOGIN says nothing of TLS');
    if (encryption === ENCRYPT_NOT_SUP) throw refusal('not-offered', 'the server has no TLS');
    return { stream: new TdsStream(stream), greeting: describeVersion(findOption(answer, VERSION)) };
  },
};

async function readAnswer(stream: ByteStream): Promise<Buffer> {
  while (stream.buffered.length === 0) await stream.fill();
  if (![TDS_RESPONSE, TDS_PRELOGIN].includes(stream.buffered[0] ?? 0))
    throw await awaitOtherProtocol(stream, EXPECTED);
  const parts: Buffer[] = [];
  for (let size = 0; ; ) {
    const { isLast, payloadBytes } = await readTdsHeader(stream);
    // Counted with the header, so that empty packets cannot go on for ever.
    size += payloadBytes + 8;
    if (size > MAX_PRELOGIN_BYTES) throw oversize('the answer to PRELOGIN', MAX_PRELOGIN_BYTES);
    parts.push(await readExactly(stream, payloadBytes));
    if (isLast) return Buffer.concat(parts);
  }
}

function findOption(answer: Buffer, wanted: number): Buffer | null {
  for (let at = 0; answer[at] !== TERMINATOR; at += OPTION_BYTES) {
    if (at + OPTION_BYTES > answer.length) throw malformed('the option table of PRELOGIN has no end');
    if (answer[at] !== wanted) continue;
    const offset = answer.readUInt16BE(at + 1);
    const length = answer.readUInt16BE(at + 3);
    if (length === 0 || offset + length > answer.length)
      throw malformed('an option of PRELOGIN lies outside the packet');
    return answer.subarray(offset, offset + length);
  }
  return null;
}

/** Major, minor and build, as administrators know them: `15.0.2000`. */
function describeVersion(version: Buffer | null): string | null {
  if (version === null || version.length < 4) return null;
  return `SQL Server ${version.readUInt8(0)}.${version.readUInt8(1)}.${version.readUInt16BE(2)}`;
}
