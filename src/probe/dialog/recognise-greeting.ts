/** What speaks at the other end, as far as its first bytes tell. */
export interface RecognisedGreeting {
  /** A name in the registry of STARTTLS protocols, `tls`, or null: neither, or more than one. */
  readonly protocol: string | null;
  /** For people: `SSH server`. */
  readonly what: string;
}

/** How much of a greeting is looked at: product names and codes stand at its head. */
const LOOKED_AT_BYTES = 512;

interface Sign {
  readonly protocol: string | null;
  readonly what: string;
  isSeenIn(bytes: Buffer, text: string): boolean;
}

/** First match wins; the narrow signs stand before the wide ones. */
const SIGNS: readonly Sign[] = [
  { protocol: 'tls', what: 'a TLS server', isSeenIn: isTlsRecord },
  { protocol: 'telnet', what: 'a Telnet server', isSeenIn: isTelnetNegotiation },
  { protocol: 'tls', what: 'an SSL 2.0 server', isSeenIn: isSslv2 },
  textSign(null, 'an SSH server', /^SSH-/),
  textSign('vnc', 'a VNC server', /^RFB \d{3}\.\d{3}/),
  textSign('http-upgrade', 'an HTTP server', /^HTTP\/\d/),
  textSign(null, 'an RTSP server', /^RTSP\/\d/),
  textSign(null, 'a SIP server', /^SIP\/\d/),
  textSign(null, 'an rsync server', /^@RSYNCD:/),
  textSign('amqp', 'an AMQP server', /^AMQP/),
  textSign('nats', 'a NATS server', /^(?:INFO \{|-ERR ')/),
  textSign('imap', 'an IMAP server', /^\* (?:OK|PREAUTH|BYE)\b/i),
  textSign('pop3', 'a POP3 server', /^\+OK\b/i),
  textSign(null, 'a Redis or POP3 server', /^-ERR\b/),
  textSign('sieve', 'a ManageSieve server', /^"(?:IMPLEMENTATION|SIEVE|SASL|STARTTLS|VERSION)"/i),
  textSign('xmpp-client', 'an XMPP server', /^(?:<\?xml[^>]*>)?\s*<stream:stream\b[^>]*jabber:client/),
  textSign('xmpp-server', 'an XMPP server', /^(?:<\?xml[^>]*>)?\s*<stream:stream\b[^>]*jabber:server/),
  textSign(null, 'an XMPP server', /^(?:<\?xml[^>]*>)?\s*<stream:(?:stream|error)\b/),
  textSign('irc', 'an IRC server', /^(?::\S+ (?:NOTICE|\d{3}) |NOTICE \S+ :|ERROR :|PING :)/),
  textSign('nntp', 'an NNTP server', /^20[01][ -]/),
  replySign('lmtp', 'an LMTP server', /\bLMTP\b/i),
  replySign('smtp', 'an SMTP server', /\bE?SMTP\b/i),
  replySign('ftp', 'an FTP server', /FTP|FileZilla/i),
  replySign('smtp', 'an SMTP server', /\b(?:Postfix|Exim|Sendmail|qmail|Exchange|mail)\b/i),
  textSign(null, 'an FTP or SMTP server', /^220[ -]/),
  textSign(null, 'a server with three-digit replies', /^[1-5]\d\d[ -]/),
  { protocol: 'mysql', what: 'a MySQL server', isSeenIn: isMysqlPacket },
  { protocol: 'ldap', what: 'an LDAP server', isSeenIn: isLdapMessage },
  { protocol: 'rdp', what: 'an RDP server', isSeenIn: isX224Confirm },
  { protocol: 'mssql', what: 'a TDS server', isSeenIn: isTdsResponse },
];

/**
 * Tells by the first bytes of a server what it speaks; null where they are too few or say nothing. Pure: the bytes may
 * be a greeting, or the answer to something that the server did not understand.
 */
export function recogniseGreeting(bytes: Uint8Array): RecognisedGreeting | null {
  const head = Buffer.from(bytes.subarray(0, LOOKED_AT_BYTES));
  const text = head.toString('latin1');
  const sign = SIGNS.find(({ isSeenIn }) => isSeenIn(head, text));
  return sign ? { protocol: sign.protocol, what: sign.what } : null;
}

function textSign(protocol: string | null, what: string, pattern: RegExp): Sign {
  return { protocol, what, isSeenIn: (_, text) => pattern.test(text) };
}

/** FTP and mail servers both greet with 220 or turn away with 421; what tells them apart are words, not host names. */
function replySign(protocol: string, what: string, words: RegExp): Sign {
  return {
    protocol,
    what,
    isSeenIn: (_, text) =>
      /^[245]\d\d[ -]/.test(text) && words.test(text.replace(/[\w-]+(?:\.[\w-]+)+/g, '')),
  };
}

/** Change cipher spec, alert, handshake or data, of SSL 3.0 to TLS 1.3 (RFC 8446, section 5.1). */
function isTlsRecord(bytes: Buffer): boolean {
  const [type = 0, major, minor = 255] = bytes;
  return type >= 0x14 && type <= 0x17 && major === 3 && minor <= 4;
}

/** ServerHello or error message in a record with a two-byte header. */
function isSslv2(bytes: Buffer): boolean {
  if (bytes.length < 5 || (bytes.readUInt8(0) & 0x80) === 0) return false;
  const isHello = bytes.readUInt8(2) === 4 && bytes.readUInt8(3) <= 1 && bytes.readUInt8(4) <= 1;
  const isError = bytes.readUInt16BE(0) === 0x8003 && bytes.readUInt8(2) === 0;
  return isHello || isError;
}

/** First packet of the server: sequence number 0, then version 10 or 9 of the protocol, or an error. */
function isMysqlPacket(bytes: Buffer): boolean {
  if (bytes.length < 5) return false;
  const version = bytes.readUInt8(4);
  return bytes.readUInt8(3) === 0 && bytes.readUIntLE(0, 3) > 2 && [0x0a, 0x09, 0xff].includes(version);
}

/** SEQUENCE, short message id, extended response (RFC 4511, section 4.12): the notice of disconnection. */
function isLdapMessage(bytes: Buffer): boolean {
  if (bytes.length < 3 || bytes.readUInt8(0) !== 0x30) return false;
  const long = bytes.readUInt8(1);
  const start = 2 + (long > 0x80 && long <= 0x84 ? long - 0x80 : 0);
  return bytes[start] === 0x02 && bytes[start + 1] === 0x01 && bytes[start + 3] === 0x78;
}

/** TPKT version 3 with a connection confirm or disconnect request (ITU-T X.224). */
function isX224Confirm(bytes: Buffer): boolean {
  return bytes[0] === 3 && bytes[1] === 0 && (bytes[5] === 0xd0 || bytes[5] === 0x80);
}

/** A packet of type 4 that ends its message (MS-TDS, section 2.2.3.1). */
function isTdsResponse(bytes: Buffer): boolean {
  return (
    bytes.length >= 8 && bytes.readUInt8(0) === 4 && bytes.readUInt8(1) === 1 && bytes.readUInt8(7) === 0
  );
}

/** IAC with WILL, WONT, DO, DONT or SB (RFC 854). */
function isTelnetNegotiation(bytes: Buffer): boolean {
  return bytes[0] === 0xff && (bytes[1] ?? 0) >= 0xfa && (bytes[1] ?? 0) <= 0xfe;
}
