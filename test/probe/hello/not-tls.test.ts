import { describe, expect, it } from 'vitest';
import { notTls } from '../../../src/probe/hello/not-tls.js';

describe('notTls', () => {
  it.each([
    {
      said: 'HTTP/1.1 400 Bad Request\r\nServer: x\r\n\r\n',
      detail: 'the answer looks like an HTTP server: "HTTP/1.1 400 Bad Request"',
    },
    { said: 'SSH-2.0-OpenSSH_9.2\r\n', detail: 'the answer looks like an SSH server: "SSH-2.0-OpenSSH_9.2"' },
    {
      said: '220 mail.example.org ESMTP\r\n',
      detail: 'the answer looks like an SMTP server: "220 mail.example.org ESMTP"',
    },
    {
      said: '* OK IMAP4rev1 ready\r\n',
      detail: 'the answer looks like an IMAP server: "* OK IMAP4rev1 ready"',
    },
    { said: '+OK POP3 ready\r\n', detail: 'the answer looks like a POP3 server: "+OK POP3 ready"' },
    { said: 'RFB 003.008\n', detail: 'the answer looks like a VNC server: "RFB 003.008"' },
    { said: '\x4a\x00\x00\x00\x0a8.0.36\x00', detail: 'the answer looks like a MySQL server: "8.0.36\\x00"' },
    { said: '\x80\x03\x00\x00\x01', detail: 'the answer looks like SSLv2: "\\x80\\x03\\x00\\x00\\x01"' },
    { said: '\x1b[2J"\\', detail: 'the answer is not TLS: "\\x1b[2J\\"\\\\"' },
  ])('tells $detail', ({ said, detail }) => {
    expect(notTls(Buffer.from(said, 'latin1'))).toMatchObject({ outcome: 'not-tls', message: detail });
  });

  it('quotes no more than a hundred characters, none of them a control character', () => {
    const { message } = notTls(Buffer.from(`\x07${'\x00'.repeat(500)}`, 'latin1'));
    expect(/"(.*)"/.exec(message)?.[1]?.length).toBeLessThanOrEqual(100);
    expect(message).toMatch(/^[ -~…]*$/);
  });
});
