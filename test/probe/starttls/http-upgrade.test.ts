import { httpUpgrade } from '../../../src/probe/starttls/http-upgrade.js';
import { client, server } from '../../servers/scripted.js';
import { describeProtocol } from './describe-protocol.js';

const REQUEST = client(
  'OPTIONS * HTTP/1.1\r\nHost: a.example:8080\r\nUpgrade: TLS/1.0\r\nConnection: Upgrade\r\n\r\n',
);

describeProtocol(httpUpgrade, {
  accepted: [
    {
      name: 'at once',
      steps: [
        REQUEST,
        server('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: TLS/1.2,TLS/1.0\r\n\r\n'),
      ],
      greeting: 'HTTP/1.1 101 Switching Protocols',
    },
    {
      name: 'after an interim response, naming the server',
      steps: [
        REQUEST,
        server('HTTP/1.1 100 Continue\r\n\r\n'),
        server('HTTP/1.1 101 x\r\nserver: CUPS/2.4 IPP/2.1\r\nupgrade: tls/1.0\r\n\r\n'),
      ],
      greeting: 'CUPS/2.4 IPP/2.1',
    },
  ],
  refused: [
    {
      name: 'the request is answered and the upgrade passed over',
      steps: [REQUEST, server('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n')],
      code: 'not-offered',
      detail: 'HTTP/1.1 200 OK',
    },
    {
      name: 'the request is refused',
      steps: [REQUEST, server('HTTP/1.1 405 Not Allowed\r\n\r\n<html>')],
      code: '405',
      detail: 'HTTP/1.1 405 Not Allowed',
    },
    {
      name: 'the server switches to something else',
      steps: [REQUEST, server('HTTP/1.1 101 Switching\r\nUpgrade: h2c\r\n\r\n')],
      code: 'not-offered',
      detail: 'h2c',
    },
  ],
  malformed: [
    {
      name: 'interim responses go on',
      steps: [REQUEST, server('HTTP/1.1 102 Processing\r\n\r\n'.repeat(12))],
    },
  ],
  endless: { steps: [REQUEST, server('HTTP/1.1 200 OK\r\n')], forever: 'x-field: and another\r\n' },
});
