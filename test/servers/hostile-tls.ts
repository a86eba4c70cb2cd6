import type { Outcome } from '../../src/model/outcome.js';
import { afterHello, behaviour, type HostileBehaviour, sendForEver, trickle } from './hostile-server.js';
import {
  alert,
  certificateMessage,
  extension,
  handshakeRecords,
  helloRetryRequest,
  message,
  RECORD,
  record,
  serverHello,
  serverHelloBody,
  tls13ServerHello,
} from './tls-bytes.js';

/** Framed as a certificate is; whether it is one is for others to judge. */
const CERTIFICATE = Buffer.alloc(500, 0x30);

const NOTHING = Buffer.alloc(0);

/** Answers the client's hello with these bytes, and is silent then. */
function answers(name: string, outcomes: readonly Outcome[], bytes: Uint8Array): HostileBehaviour {
  return behaviour(
    name,
    outcomes,
    afterHello((socket) => socket.write(bytes)),
  );
}

/** Answers the client's hello with a TLS 1.2 ServerHello and what is to follow it. */
function goesOn(name: string, outcomes: readonly Outcome[], following: Uint8Array): HostileBehaviour {
  return answers(name, outcomes, Buffer.concat([handshakeRecords(serverHello()), following]));
}

/** Answers the client's hello with these bytes for ever. */
function repeats(name: string, outcomes: readonly Outcome[], bytes: Uint8Array): HostileBehaviour {
  return behaviour(
    name,
    outcomes,
    afterHello((socket) => sendForEver(socket, bytes)),
  );
}

/** What servers can do to one who only wants a handshake, by the stage at which they do it. */
export const HOSTILE_TLS: readonly HostileBehaviour[] = [
  behaviour('accepts and says nothing', ['handshake-timeout'], () => undefined),
  behaviour('closes at once', ['closed', 'reset'], (socket) => socket.destroy()),
  behaviour('resets at once', ['reset'], (socket) => socket.resetAndDestroy()),
  behaviour('half-closes at once', ['closed'], (socket) => socket.end()),
  behaviour(
    'reads the hello and closes',
    ['closed'],
    afterHello((socket) => socket.end()),
  ),
  behaviour(
    'reads the hello and resets',
    ['reset'],
    afterHello((socket) => socket.resetAndDestroy()),
  ),

  behaviour('sends one byte of a record a time', ['handshake-timeout'], (socket) =>
    trickle(socket, handshakeRecords(message(2, Buffer.alloc(1000))), 50),
  ),
  answers('sends one byte that begins no record', ['not-tls'], Buffer.from([0x47])),
  answers('sends half a record header', ['handshake-timeout'], Buffer.from([22, 3])),
  answers('sends half a record header and hangs up', ['handshake-timeout'], Buffer.from([22, 3, 3])),
  answers('sends zeros', ['not-tls'], Buffer.alloc(100_000)),
  answers(
    'sends bytes of all values',
    ['not-tls'],
    Buffer.from(Array.from({ length: 4096 }, (_, i) => i & 255)),
  ),
  answers('speaks HTTP', ['not-tls'], Buffer.from('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n')),
  answers('speaks HTML', ['not-tls'], Buffer.from('<html><script>alert(1)</script>')),
  behaviour('speaks SSH', ['not-tls'], (socket) => socket.write('SSH-2.0-OpenSSH_9.9\r\n')),
  behaviour('speaks in terminal control sequences', ['not-tls'], (socket) =>
    socket.write('\x1b]0;owned\x07\x1b[2J\r\n'),
  ),
  behaviour('greets for ever', ['not-tls'], (socket) => sendForEver(socket, Buffer.from('220-welcome\r\n'))),
  behaviour('says one thing without end', ['not-tls'], (socket) => sendForEver(socket, Buffer.from('A'))),
  behaviour(
    'sends the hello back',
    ['malformed'],
    afterHello((socket, hello) => socket.write(hello)),
  ),

  answers('refuses with an alert', ['alert'], alert(2, 40)),
  answers('refuses the version', ['alert'], alert(2, 70)),
  answers('knows no such name', ['alert'], alert(2, 112)),
  answers('refuses with an alert that nobody registered', ['alert'], alert(2, 99)),
  answers('refuses with an alert of no known level', ['alert'], alert(77, 40)),
  answers('closes politely instead of answering', ['alert'], alert(1, 0)),
  answers('warns and is silent then', ['handshake-timeout', 'malformed'], alert(1, 112)),
  repeats('warns for ever', ['too-large', 'malformed'], alert(1, 112)),
  answers('sends an empty alert', ['malformed'], record(RECORD.alert, NOTHING)),
  answers('sends half an alert', ['malformed'], record(RECORD.alert, Buffer.from([2]))),
  answers('answers with an SSLv2 error', ['not-tls', 'alert'], Buffer.from('8003000001', 'hex')),

  answers('announces a record of 65,535 bytes', ['malformed'], Buffer.from('160303ffff00', 'hex')),
  answers('speaks TLS of version 5', ['not-tls'], record(RECORD.handshake, serverHello(), 0x0505)),
  answers('sends a heartbeat', ['malformed', 'not-tls'], record(RECORD.heartbeat, Buffer.alloc(20))),
  answers('sends application data', ['malformed'], record(RECORD.applicationData, Buffer.alloc(100))),
  answers(
    'announces a message of 16 MB',
    ['too-large', 'malformed'],
    record(22, message(2, NOTHING, 0xffffff)),
  ),
  repeats(
    'never ends a message',
    ['too-large', 'malformed'],
    record(22, message(2, Buffer.alloc(9000), 0x0fffff)),
  ),
  repeats('sends empty records for ever', ['too-large', 'malformed'], record(22, NOTHING)),
  repeats('changes its cipher for ever', ['too-large', 'malformed'], record(20, Buffer.from([1]))),
  repeats('asks for a hello for ever', ['too-large', 'malformed'], record(22, message(0, NOTHING))),

  goesOn('falls silent after ServerHello', ['handshake-timeout'], NOTHING),
  answers(
    'hands out a ServerHello cut short',
    ['malformed'],
    record(22, message(2, serverHelloBody().subarray(0, 30))),
  ),
  answers(
    'hands out a ServerHello with bytes too many',
    ['malformed'],
    record(22, serverHello({ extensions: [], rest: Buffer.alloc(9) })),
  ),
  answers(
    'hands out a session id of 255 bytes',
    ['malformed'],
    record(22, serverHello({ sessionId: Buffer.alloc(255) })),
  ),
  answers('chooses a version that is none', ['malformed'], record(22, serverHello({ version: 0x0399 }))),
  answers(
    'names no version where one belongs',
    ['malformed'],
    record(22, serverHello({ extensions: [extension(43, NOTHING)] })),
  ),
  answers(
    'chooses a suite never offered, and is silent then',
    ['malformed', 'handshake-timeout'],
    record(22, serverHello({ suite: 0x0000 })),
  ),
  answers('skips ServerHello', ['malformed'], handshakeRecords(certificateMessage([CERTIFICATE]))),
  behaviour(
    'resets after ServerHello',
    ['reset', 'closed'],
    afterHello((socket) => socket.write(record(22, serverHello()), () => socket.resetAndDestroy())),
  ),
  behaviour(
    'closes after ServerHello',
    ['closed'],
    afterHello((socket) => socket.end(record(22, serverHello()))),
  ),

  behaviour('asks for another hello twice', ['malformed'], (socket) => {
    // A second hello comes behind a ChangeCipherSpec.
    socket.on('data', (hello: Buffer) =>
      socket.write(record(22, helloRetryRequest(hello.subarray(hello.indexOf(22))))),
    );
  }),
  behaviour(
    'asks for another hello for ever',
    ['malformed'],
    afterHello((socket, hello) => sendForEver(socket, record(22, helloRetryRequest(hello)))),
  ),
  behaviour(
    'protects its records with keys of its own',
    ['malformed'],
    afterHello((socket, hello) => {
      const share = Buffer.alloc(32, 9);
      socket.write(record(22, tls13ServerHello(hello, share)));
      socket.write(record(RECORD.applicationData, Buffer.alloc(500, 0xee)));
    }),
  ),
  behaviour(
    'sends a protected record of no bytes',
    ['malformed'],
    afterHello((socket, hello) => {
      socket.write(record(22, tls13ServerHello(hello, Buffer.alloc(32, 9))));
      socket.write(record(RECORD.applicationData, NOTHING));
    }),
  ),
  behaviour(
    'goes on in the clear where it must not',
    ['malformed'],
    afterHello((socket, hello) => {
      socket.write(record(22, tls13ServerHello(hello, Buffer.alloc(32, 9))));
      socket.write(handshakeRecords(certificateMessage([CERTIFICATE])));
    }),
  ),
  behaviour(
    'sends a key share of zeros',
    ['malformed', 'handshake-timeout'],
    afterHello((socket, hello) => socket.write(record(22, tls13ServerHello(hello, Buffer.alloc(32))))),
  ),
  behaviour(
    'sends a key share cut short',
    ['malformed'],
    afterHello((socket, hello) => socket.write(record(22, tls13ServerHello(hello, Buffer.alloc(5, 9))))),
  ),

  goesOn('skips the certificates', ['malformed'], record(22, message(14, NOTHING))),
  goesOn('presents no certificate', ['malformed'], handshakeRecords(certificateMessage([]))),
  goesOn(
    'presents certificates of no bytes',
    ['malformed'],
    handshakeRecords(certificateMessage([NOTHING, NOTHING])),
  ),
  goesOn(
    'presents half a certificate',
    ['malformed'],
    record(22, message(11, Buffer.from('00000a00000930', 'hex'))),
  ),
  goesOn(
    'presents a certificate longer than its list',
    ['malformed'],
    record(22, message(11, Buffer.from('000004ffffff30', 'hex'))),
  ),
  goesOn(
    'presents 1,000 certificates',
    ['too-large', 'tls'],
    handshakeRecords(certificateMessage(Array.from({ length: 1000 }, () => CERTIFICATE))),
  ),
  goesOn(
    'presents a certificate of 900,000 bytes',
    ['tls'],
    handshakeRecords(certificateMessage([Buffer.alloc(900_000, 0x30)])),
  ),
  goesOn(
    'presents a certificate of 2,000,000 bytes',
    ['too-large'],
    handshakeRecords(certificateMessage([Buffer.alloc(2_000_000, 0x30)])),
  ),
  goesOn('presents what is no certificate', ['tls'], handshakeRecords(certificateMessage([CERTIFICATE]))),
  goesOn(
    'presents a certificate a byte a record',
    ['tls'],
    handshakeRecords(certificateMessage([CERTIFICATE]), 1),
  ),
  goesOn(
    'presents a certificate and then garbage',
    ['tls'],
    Buffer.concat([handshakeRecords(certificateMessage([CERTIFICATE])), Buffer.alloc(100_000, 0xaa)]),
  ),
  goesOn(
    'presents a certificate and then an alert',
    ['tls'],
    Buffer.concat([handshakeRecords(certificateMessage([CERTIFICATE])), alert(2, 80)]),
  ),
  behaviour(
    'presents a certificate and resets',
    ['tls'],
    afterHello((socket) => {
      const flight = handshakeRecords(Buffer.concat([serverHello(), certificateMessage([CERTIFICATE])]));
      socket.write(flight, () => socket.resetAndDestroy());
    }),
  ),
  behaviour(
    'presents a certificate and half-closes',
    ['tls'],
    afterHello((socket) =>
      socket.end(handshakeRecords(Buffer.concat([serverHello(), certificateMessage([CERTIFICATE])]))),
    ),
  ),
];
