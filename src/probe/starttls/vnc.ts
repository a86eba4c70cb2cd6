import type { ByteStream } from '../byte-stream.js';
import { readExactly } from '../byte-stream.js';
import { awaitOtherProtocol } from '../dialog/other-protocol.js';
import { oversize } from '../dialog/oversize.js';
import { toPrintable } from '../dialog/printable.js';
import { refusal } from '../dialog/refusal.js';
import type { StarttlsProtocol, Upgrade } from '../starttls-protocol.js';

const EXPECTED = 'a VNC server';

/** `RFB 003.008` and a line feed. */
const VERSION_BYTES = 12;

/** A reason is a sentence. */
const MAX_REASON_BYTES = 4096;

/** Security types (RFC 6143, section 7.1.2, and the community's list). */
const TLS_TYPE = 18;
const VENCRYPT_TYPE = 19;

const VENCRYPT_0_2 = Buffer.from([0, 2]);

/**
 * VeNCrypt's subtypes in the order of our liking: those with a certificate (X509None, X509Plain, X509Vnc, X509SASL),
 * then those with anonymous key exchange (TLSNone, TLSPlain, TLSVnc, TLSSASL), which at least tell that it is so.
 */
const SUBTYPES = [260, 262, 261, 264, 257, 259, 258, 263];

/**
 * VNC, that is RFB with VeNCrypt (RFC 6143).
 *
 * 1. S: `RFB 003.008`, C: the same, or `RFB 003.007` where the server is as old as that
 * 2. S: security types, C: 19 (VeNCrypt)
 * 3. S: version 0.2, C: the same, S: 0
 * 4. S: subtypes, C: one with certificates where there is one, S: 1, then TLS
 *
 * Type 18 alone (Vino) leads to TLS at once, with anonymous key exchange. Refusals: `not-offered` (RFB 3.3, no such
 * type or subtype), `refused` (no types but a reason, as after too many connections; or a no to version or subtype).
 * Tried with TigerVNC 1.12.
 */
export const vnc: StarttlsProtocol = {
  name: 'vnc',
  title: 'VNC with VeNCrypt',
  defaultPorts: [5900, 5901, 5902, 5903, 5904, 5905, 5906, 5907, 5908, 5909],
  citation: 'RFC 6143, section 7.1; rfbproto, section VeNCrypt',
  async upgrade(stream): Promise<Upgrade> {
    const greeting = await agreeOnVersion(stream);
    const types = await readSecurityTypes(stream);
    if (types.includes(VENCRYPT_TYPE)) {
      stream.write(Buffer.from([VENCRYPT_TYPE]));
      await negotiateVencrypt(stream);
    } else if (types.includes(TLS_TYPE)) stream.write(Buffer.from([TLS_TYPE]));
    else throw refusal('not-offered', `no TLS among the security types ${[...types].join(', ')}`);
    return { stream, greeting };
  },
};

async function agreeOnVersion(stream: ByteStream): Promise<string> {
  while (stream.buffered.length < VERSION_BYTES) {
    if (!isRfbPrefix(stream.buffered)) throw await awaitOtherProtocol(stream, EXPECTED);
    await stream.fill();
  }
  const version = /^RFB (\d{3})\.(\d{3})\n/.exec(stream.buffered.toString('latin1', 0, VERSION_BYTES));
  if (!version) throw await awaitOtherProtocol(stream, EXPECTED);
  const greeting = toPrintable(stream.take(VERSION_BYTES).toString('latin1'));
  const number = Number(version[1]) * 1000 + Number(version[2]);
  if (number < 3007) throw refusal('not-offered', 'RFB older than 3.7 has no security types', greeting);
  stream.write(Buffer.from(number < 3008 ? 'RFB 003.007\n' : 'RFB 003.008\n'));
  return greeting;
}

function isRfbPrefix(head: Buffer): boolean {
  return 'RFB '.startsWith(head.toString('latin1', 0, 4));
}

async function readSecurityTypes(stream: ByteStream): Promise<Buffer> {
  const [count = 0] = await readExactly(stream, 1);
  if (count > 0) return readExactly(stream, count);
  const length = (await readExactly(stream, 4)).readUInt32BE(0);
  if (length > MAX_REASON_BYTES) throw oversize('the reason of the refusal', MAX_REASON_BYTES);
  throw refusal(
    'refused',
    'turned away at the greeting',
    (await readExactly(stream, length)).toString('utf8'),
  );
}

async function negotiateVencrypt(stream: ByteStream): Promise<void> {
  const version = await readExactly(stream, 2);
  if (version.readUInt16BE(0) < VENCRYPT_0_2.readUInt16BE(0))
    throw refusal('not-offered', 'the server speaks VeNCrypt 0.1 alone');
  stream.write(VENCRYPT_0_2);
  if ((await readExactly(stream, 1))[0] !== 0) throw refusal('refused', 'VeNCrypt 0.2 was refused');

  const [count = 0] = await readExactly(stream, 1);
  const list = await readExactly(stream, 4 * count);
  const offered = Array.from({ length: count }, (_, index) => list.readUInt32BE(4 * index));
  const chosen = SUBTYPES.find((subtype) => offered.includes(subtype));
  if (chosen === undefined)
    throw refusal('not-offered', `no TLS among the subtypes of VeNCrypt: ${offered.join(', ') || 'none'}`);
  const choice = Buffer.alloc(4);
  choice.writeUInt32BE(chosen);
  stream.write(choice);
  if ((await readExactly(stream, 1))[0] !== 1) throw refusal('refused', `subtype ${chosen} was refused`);
}
