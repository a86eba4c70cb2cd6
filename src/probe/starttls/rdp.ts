import type { ByteStream } from '../byte-stream.js';
import { readExactly } from '../byte-stream.js';
import { malformed } from '../dialog/malformed.js';
import { awaitOtherProtocol } from '../dialog/other-protocol.js';
import { oversize } from '../dialog/oversize.js';
import { refusal } from '../dialog/refusal.js';
import type { StarttlsProtocol, Upgrade } from '../starttls-protocol.js';

const EXPECTED = 'an RDP server';

/** Version 3, a byte of nothing, the length of the whole (RFC 1006, section 6). */
const TPKT_HEADER_BYTES = 4;
const TPKT_VERSION = 3;

/** A confirm takes 19 bytes; routing tokens and cookies are not echoed. */
const MAX_CONFIRM_BYTES = 1024;

/**
 * TPKT, X.224 connection request, and a negotiation request for TLS, CredSSP and CredSSP with early user authorisation:
 * TLS comes first in each, and servers that insist on one of them would not agree to another.
 */
const CONNECTION_REQUEST = Buffer.from('030000130ee00000000000010008000b000000', 'hex');

/** X.224 packet codes, in the upper half of their byte. */
const CONNECTION_CONFIRM = 0xd0;
const DISCONNECT_REQUEST = 0x80;

const NEGOTIATION_RESPONSE = 0x02;
const NEGOTIATION_FAILURE = 0x03;

/** PROTOCOL_RDP: the protocol's own encryption. */
const PROTOCOL_RDP = 0;

/** MS-RDPBCGR, section 2.2.1.2.2. */
const FAILURES: Readonly<Record<number, string>> = {
  1: 'ssl-required-by-server',
  2: 'ssl-not-allowed-by-server',
  3: 'ssl-cert-not-on-server',
  4: 'inconsistent-flags',
  5: 'hybrid-required-by-server',
  6: 'ssl-with-user-auth-required-by-server',
};

/**
 * Remote Desktop (MS-RDPBCGR).
 *
 * 1. C: X.224 connection request that asks for TLS
 * 2. S: X.224 connection confirm that selects it, then TLS
 *
 * Refusals: `not-offered` (standard RDP security is selected, or the server is too old to negotiate), the name of a
 * negotiation failure such as `ssl-not-allowed-by-server`, `disconnected`. Tried with xrdp 0.9.
 */
export const rdp: StarttlsProtocol = {
  name: 'rdp',
  title: 'Remote Desktop (RDP)',
  defaultPorts: [3389],
  citation: 'MS-RDPBCGR, sections 2.2.1.1 and 2.2.1.2',
  async upgrade(stream): Promise<Upgrade> {
    stream.write(CONNECTION_REQUEST);
    const confirm = await readConfirm(stream);
    const code = (confirm[5] ?? 0) & 0xf0;
    if (code === DISCONNECT_REQUEST) throw refusal('disconnected', 'the server disconnects');
    if (code !== CONNECTION_CONFIRM) throw malformed(`expected X.224 code d0, got ${code.toString(16)}`);
    // TPKT (4), X.224 (7), then type, flags, length (2), value (4).
    if (confirm.length < 19) throw refusal('not-offered', 'the server does not negotiate security');
    const type = confirm.readUInt8(11);
    const value = confirm.readUInt32LE(15);
    if (type === NEGOTIATION_FAILURE) {
      const name = FAILURES[value] ?? `failure-${value}`;
      throw refusal(name, `the server answers ${name}`);
    }
    if (type !== NEGOTIATION_RESPONSE) throw malformed(`expected a negotiation response, got type ${type}`);
    if (value === PROTOCOL_RDP) throw refusal('not-offered', 'the server selects standard RDP security');
    return { stream, greeting: null };
  },
};

async function readConfirm(stream: ByteStream): Promise<Buffer> {
  while (stream.buffered.length < TPKT_HEADER_BYTES) {
    if (isForeign(stream.buffered)) throw await awaitOtherProtocol(stream, EXPECTED);
    await stream.fill();
  }
  if (isForeign(stream.buffered)) throw await awaitOtherProtocol(stream, EXPECTED);
  const length = stream.buffered.readUInt16BE(2);
  if (length > MAX_CONFIRM_BYTES) throw oversize('the connection confirm', MAX_CONFIRM_BYTES);
  if (length < 11) throw malformed(`a connection confirm is said to be ${length} bytes long`);
  return readExactly(stream, length);
}

function isForeign(head: Buffer): boolean {
  return (head[0] ?? TPKT_VERSION) !== TPKT_VERSION;
}
