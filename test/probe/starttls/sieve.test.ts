import { sieve } from '../../../src/probe/starttls/sieve.js';
import { client, server } from '../../servers/scripted.js';
import { describeProtocol } from './describe-protocol.js';

const STARTTLS = client('STARTTLS\r\n');
const GREETING = server('"IMPLEMENTATION" "Dovecot"\r\n"SIEVE" "fileinto"\r\n"StartTLS"\r\nOK "ready"\r\n');

describeProtocol(sieve, {
  accepted: [
    {
      name: 'with quoted strings',
      steps: [GREETING, STARTTLS, server('OK "Begin"\r\n')],
      greeting: '"IMPLEMENTATION" "Dovecot"',
    },
    {
      name: 'with literals, one of them looking like the end',
      steps: [
        server('"IMPLEMENTATION" {12}\r\nx\r\nOK "no"\r\n\r\n"STARTTLS"\r\nOK (TAG {1}\r\nx)\r\n'),
        STARTTLS,
        server('OK {5+}\r\nBegin\r\n'),
      ],
      greeting: '"IMPLEMENTATION" {12} x\\x0d\\x0aOK "no"',
    },
  ],
  refused: [
    {
      name: 'it is not among the capabilities',
      steps: [server('"IMPLEMENTATION" "x"\r\n"SIEVE" "STARTTLS"\r\nOK\r\n')],
      code: 'not-offered',
      detail: '"IMPLEMENTATION" "x"',
    },
    {
      name: 'the server says no',
      steps: [GREETING, STARTTLS, server('NO {3}\r\nwhy\r\n')],
      code: 'no',
      detail: 'STARTTLS was refused: NO {3} why',
    },
    { name: 'the server is busy', steps: [server('BYE "busy"\r\n')], code: 'bye', detail: 'BYE "busy"' },
  ],
  endless: { steps: [], forever: '"SIEVE" {0}\r\n\r\n' },
});
