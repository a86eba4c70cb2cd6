import type net from 'node:net';
import type { Outcome } from '../../src/model/outcome.js';
import {
  behaviour,
  type HostileBehaviour,
  type Misbehaviour,
  sendForEver,
  trickle,
} from './hostile-server.js';

/** Greets, then answers each line of the client with the next of these replies. */
function dialog(greeting: string, ...replies: readonly (string | Misbehaviour)[]): Misbehaviour {
  return (socket) => {
    let next = 0;
    socket.write(greeting);
    socket.on('data', () => {
      const reply = replies[next];
      next += 1;
      if (typeof reply === 'string') socket.write(reply);
      else reply?.(socket);
    });
  };
}

function smtp(name: string, outcomes: readonly Outcome[], misbehave: Misbehaviour): HostileBehaviour {
  return behaviour(`SMTP: ${name}`, outcomes, misbehave, 'smtp');
}

const forEver = (text: string) => (socket: net.Socket) => sendForEver(socket, Buffer.from(text, 'latin1'));

const EHLO = '250-mail.example\r\n250 STARTTLS\r\n';

/** What servers can do to one who asks for STARTTLS. */
export const HOSTILE_STARTTLS: readonly HostileBehaviour[] = [
  smtp('says nothing', ['handshake-timeout'], () => undefined),
  smtp('greets one byte at a time', ['handshake-timeout'], (socket) =>
    trickle(socket, Buffer.from(`220 ${'x'.repeat(1000)}\r\n`), 50),
  ),
  smtp('greets with endless lines', ['too-large', 'malformed', 'not-tls'], forEver('220-welcome\r\n')),
  smtp('greets with one endless line', ['too-large', 'malformed', 'not-tls'], forEver('220 welcome ')),
  smtp('greets with bytes of zero', ['too-large', 'malformed', 'not-tls'], forEver('\0')),
  smtp('turns us away', ['starttls-refused', 'closed'], (socket) => socket.end('554 go away\r\n')),
  smtp('is SSH', ['not-tls', 'starttls-refused'], dialog('SSH-2.0-OpenSSH_9.9\r\n')),
  smtp(
    'does not know STARTTLS',
    ['starttls-refused'],
    dialog('220 hi\r\n', '250 mail.example\r\n', '502 no\r\n'),
  ),
  smtp('refuses STARTTLS', ['starttls-refused'], dialog('220 hi\r\n', EHLO, '454 not now\r\n')),
  smtp(
    'lists endless extensions',
    ['too-large', 'malformed', 'not-tls'],
    dialog('220 hi\r\n', forEver('250-X\r\n')),
  ),
  smtp(
    'closes on STARTTLS',
    ['closed', 'starttls-refused'],
    dialog('220 hi\r\n', EHLO, (socket) => socket.end()),
  ),
  smtp(
    'resets on STARTTLS',
    ['reset', 'closed'],
    dialog('220 hi\r\n', EHLO, (socket) => socket.resetAndDestroy()),
  ),
  smtp('is silent on STARTTLS', ['handshake-timeout'], dialog('220 hi\r\n', EHLO)),
  smtp(
    'goes ahead in plain text',
    ['not-tls', 'handshake-timeout'],
    dialog('220 hi\r\n', EHLO, '220 go ahead\r\n250 injected\r\n', '500 what is this\r\n'),
  ),
  smtp(
    'goes ahead and talks plain text for ever',
    ['not-tls'],
    dialog('220 hi\r\n', EHLO, forEver('220 go ahead\r\n')),
  ),
  smtp(
    'goes ahead and closes',
    ['closed'],
    dialog('220 hi\r\n', EHLO, (socket) => socket.end('220 go ahead\r\n')),
  ),
  smtp('goes ahead and is silent', ['handshake-timeout'], dialog('220 hi\r\n', EHLO, '220 go ahead\r\n')),

  behaviour(
    'IMAP: tells of endless mail',
    ['too-large', 'malformed', 'not-tls'],
    dialog('* OK hi\r\n', forEver('* 1 EXISTS\r\n')),
    'imap',
  ),
  behaviour(
    'IMAP: announces a literal of 4 GB',
    ['too-large', 'malformed', 'not-tls', 'starttls-refused', 'handshake-timeout'],
    dialog('* OK hi\r\n', '* CAPABILITY {4294967295}\r\n'),
    'imap',
  ),
  behaviour(
    'FTP: greets and resets',
    ['reset', 'closed'],
    (socket) => socket.write('220 ftp\r\n', () => socket.resetAndDestroy()),
    'ftp',
  ),
  behaviour('PostgreSQL: refuses', ['starttls-refused'], dialog('', 'N'), 'postgres'),
  behaviour(
    'PostgreSQL: answers with errors for ever',
    ['starttls-refused', 'too-large', 'not-tls', 'malformed'],
    dialog('', forEver('E')),
    'postgres',
  ),
  behaviour(
    'PostgreSQL: answers with what is no answer',
    ['not-tls', 'starttls-refused', 'malformed'],
    dialog('', 'HTTP/1.1 400 Bad Request\r\n\r\n'),
    'postgres',
  ),
  behaviour(
    'LDAP: announces a reply of 4 GB',
    ['too-large', 'malformed', 'not-tls'],
    dialog('', (socket) => socket.write(Buffer.from('3084ffffffff020101', 'hex'))),
    'ldap',
  ),
  behaviour(
    'MySQL: announces a greeting of 16 MB',
    ['too-large', 'malformed', 'not-tls', 'handshake-timeout'],
    (socket) => socket.write(Buffer.from('ffffff000a382e30', 'hex')),
    'mysql',
  ),
  behaviour(
    'RDP: answers with a packet of 65,535 bytes that never comes',
    ['too-large', 'malformed', 'not-tls', 'handshake-timeout'],
    dialog('', (socket) => socket.write(Buffer.from('0300ffff', 'hex'))),
    'rdp',
  ),
  behaviour(
    'XMPP: opens endless elements',
    ['too-large', 'malformed', 'not-tls', 'starttls-refused'],
    dialog('', forEver('<stream:features>')),
    'xmpp-client',
  ),
];
