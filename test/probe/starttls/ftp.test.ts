import { ftp } from '../../../src/probe/starttls/ftp.js';
import { client, server } from '../../servers/scripted.js';
import { describeProtocol } from './describe-protocol.js';

const AUTH = client('AUTH TLS\r\n');

describeProtocol(ftp, {
  accepted: [
    {
      name: 'a greeting of one line',
      steps: [server('220 ProFTPD Server\r\n'), AUTH, server('234 go\r\n')],
      greeting: '220 ProFTPD Server',
    },
    {
      name: 'a greeting with terms of use, after a delay',
      steps: [
        server('120 in a minute\r\n'),
        server('220-Welcome\r\n\r\n  221 rules apply\r\n220x\r\n220 ready\r\n'),
        AUTH,
        server('334 go\r\n'),
      ],
      greeting: '220-Welcome',
    },
    {
      name: 'by the old name of the mechanism',
      steps: [
        server('220 ready\r\n'),
        AUTH,
        server('504 unknown mechanism\r\n'),
        client('AUTH SSL\r\n'),
        server('234 go\r\n'),
      ],
      greeting: '220 ready',
    },
  ],
  refused: [
    {
      name: 'the command is not known',
      steps: [server('220 ready\r\n'), AUTH, server('500 AUTH not understood\r\n')],
      code: '500',
      detail: 'AUTH TLS was refused: 500 AUTH not understood',
    },
    {
      name: 'a login comes first',
      steps: [server('220 ready\r\n'), AUTH, server('530 Please login with USER and PASS.\r\n')],
      code: '530',
      detail: '530 Please login',
    },
    { name: 'the server is busy', steps: [server('421 full\r\n')], code: '421', detail: '421 full' },
  ],
  endless: { steps: [server('220-Welcome\r\n')], forever: 'and yet another rule\r\n' },
});
