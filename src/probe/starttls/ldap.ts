import type { ByteStream } from '../byte-stream.js';
import { readExactly } from '../byte-stream.js';
import { malformed } from '../dialog/malformed.js';
import { awaitOtherProtocol } from '../dialog/other-protocol.js';
import { oversize } from '../dialog/oversize.js';
import { refusal } from '../dialog/refusal.js';
import type { StarttlsProtocol, Upgrade } from '../starttls-protocol.js';

const EXPECTED = 'an LDAP server';

/** A response holds some words and at most a few referrals. */
const MAX_MESSAGE_BYTES = 16 * 1024;

/** LDAPMessage { messageID 1, ExtendedRequest { requestName 1.3.6.1.4.1.1466.20037 } }. */
const STARTTLS_REQUEST = Buffer.concat([
  Buffer.from('301d02010177188016', 'hex'),
  Buffer.from('1.3.6.1.4.1.1466.20037'),
]);
const MESSAGE_ID = 1;

/** Identifier bytes of what a response is made of (RFC 4511, section 4.2.2 and appendix B). */
const SEQUENCE = 0x30;
const INTEGER = 0x02;
const ENUMERATED = 0x0a;
const OCTET_STRING = 0x04;
const EXTENDED_RESPONSE = 0x78;

/** The result codes that servers refuse StartTLS with (RFC 4511, appendix A). */
const RESULT_NAMES: Readonly<Record<number, string>> = {
  1: 'operations-error',
  2: 'protocol-error',
  8: 'stronger-auth-required',
  10: 'referral',
  12: 'unavailable-critical-extension',
  13: 'confidentiality-required',
  50: 'insufficient-access-rights',
  51: 'busy',
  52: 'unavailable',
  53: 'unwilling-to-perform',
  80: 'other',
};

/**
 * LDAP (RFC 4511).
 *
 * 1. C: ExtendedRequest with the name of StartTLS
 * 2. S: ExtendedResponse with resultCode success, then TLS
 *
 * Refusals: the result's name: `protocol-error` (OpenLDAP without TLS), `unavailable` (Active Directory without a
 * certificate), `operations-error` (TLS is on already), `referral`, `unwilling-to-perform`. Lengths come in any form of
 * BER: Active Directory writes all of them in four bytes. Tried with OpenLDAP 2.5.
 */
export const ldap: StarttlsProtocol = {
  name: 'ldap',
  title: 'LDAP',
  defaultPorts: [389, 3268],
  citation: 'RFC 4511, section 4.14',
  async upgrade(stream): Promise<Upgrade> {
    stream.write(STARTTLS_REQUEST);
    const message = await readMessage(stream);
    const id = readElement(message, INTEGER);
    const response = readElement(id.rest, EXTENDED_RESPONSE).value;
    const code = readElement(response, ENUMERATED);
    const matchedName = readElement(code.rest, OCTET_STRING);
    const words = readElement(matchedName.rest, OCTET_STRING).value.toString('utf8');
    const result = toNumber(code.value);
    // Message id 0 is the notice of disconnection (RFC 4511, section 4.4.1), whatever its result.
    if (result === 0 && toNumber(id.value) === MESSAGE_ID) return { stream, greeting: null };
    const name = RESULT_NAMES[result] ?? `result-${result}`;
    throw refusal(name, `StartTLS was refused with ${name}`, words);
  },
};

/** Reads one LDAPMessage and returns what is inside its SEQUENCE. */
async function readMessage(stream: ByteStream): Promise<Buffer> {
  for (;;) {
    if ((stream.buffered[0] ?? SEQUENCE) !== SEQUENCE) throw await awaitOtherProtocol(stream, EXPECTED);
    const header = readHeader(stream.buffered);
    if (header !== null) {
      if (header.length > MAX_MESSAGE_BYTES) throw oversize('the answer to StartTLS', MAX_MESSAGE_BYTES);
      return (await readExactly(stream, header.size + header.length)).subarray(header.size);
    }
    await stream.fill();
  }
}

/** Identifier and length of a BER element; null while they are not there as a whole. */
function readHeader(bytes: Buffer): { readonly size: number; readonly length: number } | null {
  const first = bytes[1];
  if (first === undefined) return null;
  if (first < 0x80) return { size: 2, length: first };
  const count = first - 0x80;
  // LDAP allows the definite form alone (RFC 4511, section 5.1).
  if (count === 0 || count > 4)
    throw malformed('a length in the answer to StartTLS is indefinite or too long');
  return bytes.length < 2 + count ? null : { size: 2 + count, length: bytes.readUIntBE(2, count) };
}

function readElement(bytes: Buffer, tag: number): { readonly value: Buffer; readonly rest: Buffer } {
  const header = bytes[0] === tag ? readHeader(bytes) : null;
  if (header === null || header.size + header.length > bytes.length)
    throw malformed(`the answer to StartTLS has no whole element ${tag.toString(16)} in its place`);
  const end = header.size + header.length;
  return { value: bytes.subarray(header.size, end), rest: bytes.subarray(end) };
}

function toNumber(value: Buffer): number {
  if (value.length === 0 || value.length > 4)
    throw malformed('a number in the answer to StartTLS is too long');
  return value.readUIntBE(0, value.length);
}
