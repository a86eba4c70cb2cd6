import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { recogniseGreeting } from '../../../src/probe/dialog/recognise-greeting.js';
import { starttlsProtocols } from '../../../src/probe/starttls-protocols.js';

const GREETINGS: readonly (readonly [
  name: string,
  greeting: string | Buffer,
  protocol: string | null,
  what: string,
])[] = [
  ['Postfix', '220 mail.example ESMTP Postfix\r\n', 'smtp', 'an SMTP server'],
  ['a mail server on a host called ftp', '220 ftp.example.com ESMTP ready\r\n', 'smtp', 'an SMTP server'],
  ['Sendmail that hides its protocol', '220 mx.example Sendmail 8.17\r\n', 'smtp', 'an SMTP server'],
  ['a busy mail server', '421 mx.example SMTP too busy\r\n', 'smtp', 'an SMTP server'],
  ['Dovecot LMTP', '220 mail.example Dovecot LMTP ready\r\n', 'lmtp', 'an LMTP server'],
  ['vsftpd', '220 (vsFTPd 3.0.3)\r\n', 'ftp', 'an FTP server'],
  [
    'an FTP server on a host called smtp',
    '220 smtp.example.com FTP server ready\r\n',
    'ftp',
    'an FTP server',
  ],
  ['FileZilla', '220-FileZilla Server 1.8.0\r\n', 'ftp', 'an FTP server'],
  ['a 220 without any hint', '220 ready\r\n', null, 'an FTP or SMTP server'],
  ['a 530 without any hint', '530 no\r\n', null, 'a server with three-digit replies'],
  ['INN', '200 news.example InterNetNews ready (posting ok)\r\n', 'nntp', 'an NNTP server'],
  ['Dovecot IMAP', '* OK [CAPABILITY IMAP4rev1] Dovecot ready.\r\n', 'imap', 'an IMAP server'],
  ['a busy IMAP server', '* BYE too many\r\n', 'imap', 'an IMAP server'],
  ['Dovecot POP3', '+OK Dovecot ready.\r\n', 'pop3', 'a POP3 server'],
  ['Redis', "-ERR unknown command 'GET'\r\n", null, 'a Redis or POP3 server'],
  ['Pigeonhole', '"IMPLEMENTATION" "Dovecot Pigeonhole"\r\n', 'sieve', 'a ManageSieve server'],
  ['InspIRCd', ':irc.example NOTICE * :*** Looking up\r\n', 'irc', 'an IRC server'],
  ['an IRC server of the old kind', 'NOTICE AUTH :*** Looking up\r\n', 'irc', 'an IRC server'],
  ['an IRC server that throws us out', 'ERROR :Closing Link\r\n', 'irc', 'an IRC server'],
  ['NATS', 'INFO {"server_id":"N"}\r\n', 'nats', 'a NATS server'],
  ['nginx', 'HTTP/1.1 400 Bad Request\r\n', 'http-upgrade', 'an HTTP server'],
  ['OpenSSH', 'SSH-2.0-OpenSSH_9.2\r\n', null, 'an SSH server'],
  ['TigerVNC', 'RFB 003.008\n', 'vnc', 'a VNC server'],
  ['rsync', '@RSYNCD: 31.0\n', null, 'an rsync server'],
  ['RTSP', 'RTSP/1.0 400 Bad Request\r\n', null, 'an RTSP server'],
  ['SIP', 'SIP/2.0 400 Bad Request\r\n', null, 'a SIP server'],
  ['RabbitMQ', Buffer.from([0x41, 0x4d, 0x51, 0x50, 0, 0, 9, 1]), 'amqp', 'an AMQP server'],
  [
    'Prosody for clients',
    "<?xml version='1.0'?><stream:stream xmlns='jabber:client'>",
    'xmpp-client',
    'an XMPP server',
  ],
  ['Prosody for servers', "<stream:stream xmlns='jabber:server'>", 'xmpp-server', 'an XMPP server'],
  ['an XMPP error', '<stream:error><bad-format/>', null, 'an XMPP server'],
  ['MariaDB', Buffer.from('6e0000000a352e352e35', 'hex'), 'mysql', 'a MySQL server'],
  ['MySQL that blocks us', Buffer.from('48000000ff6904486f7374', 'hex'), 'mysql', 'a MySQL server'],
  ['OpenLDAP', Buffer.from('300c02010178070a010204000400', 'hex'), 'ldap', 'an LDAP server'],
  ['Active Directory', Buffer.from('308400000010020100788400000007', 'hex'), 'ldap', 'an LDAP server'],
  ['xrdp', Buffer.from('030000130ed000001234000200080001000000', 'hex'), 'rdp', 'an RDP server'],
  ['SQL Server', Buffer.from('0401002b00000100', 'hex'), 'mssql', 'a TDS server'],
  ['a Telnet server', Buffer.from('fffd18fffd20', 'hex'), 'telnet', 'a Telnet server'],
  ['a TLS alert', Buffer.from('15030100020246', 'hex'), 'tls', 'a TLS server'],
  ['a ServerHello', Buffer.from('160303004a02', 'hex'), 'tls', 'a TLS server'],
  ['an SSL 2.0 ServerHello', Buffer.from('8400040001000203', 'hex'), 'tls', 'an SSL 2.0 server'],
  ['an SSL 2.0 error', Buffer.from('8003000001', 'hex'), 'tls', 'an SSL 2.0 server'],
];

describe('recogniseGreeting', () => {
  it.each(GREETINGS)('recognises %s', (_, greeting, protocol, what) => {
    expect(recogniseGreeting(Buffer.from(greeting))).toEqual({ protocol, what });
  });

  it.each([
    ['nothing', ''],
    ['words', 'Welcome to the machine\r\nlogin: '],
    ['a control byte', '\x01\x02\x03\x04\x05\x06'],
    ['a number that is no reply', '2200 things'],
  ])('makes nothing of %s', (_, greeting) => {
    expect(recogniseGreeting(Buffer.from(greeting))).toBeNull();
  });

  it('names protocols of the registry, or tls', () => {
    const names = new Set(GREETINGS.map(([, , protocol]) => protocol));
    for (const name of names)
      expect(name === null || name === 'tls' || starttlsProtocols.has(name)).toBe(true);
  });

  it('survives any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 20 }), (bytes) => {
        recogniseGreeting(bytes);
      }),
      { numRuns: 2000 },
    );
  });

  it('says nothing else of a prefix than of the whole, once it says more than what kind of reply it is', () => {
    for (const [name, greeting, , what] of GREETINGS.filter(([, text]) => !/^[-\d]/.test(`${text}`))) {
      const bytes = Buffer.from(greeting);
      for (let length = 0; length < bytes.length; length += 1) {
        const part = recogniseGreeting(bytes.subarray(0, length));
        expect([name, part === null ? what : part.what]).toEqual([name, what]);
      }
    }
  });
});
