import { imap } from '../../../src/probe/starttls/imap.js';
import { client, server } from '../../servers/scripted.js';
import { describeProtocol } from './describe-protocol.js';

const CAPABILITY = client('a1 CAPABILITY\r\n');
const STARTTLS = client('a2 STARTTLS\r\n');
const OFFER = server('* CAPABILITY IMAP4rev1 starttls LOGINDISABLED\r\na1 OK done\r\n');

describeProtocol(imap, {
  accepted: [
    {
      name: 'asking for the capabilities',
      steps: [server('* OK ready\r\n'), CAPABILITY, OFFER, STARTTLS, server('a2 OK begin\r\n')],
      greeting: '* OK ready',
    },
    {
      name: 'with the capability in the greeting, and talk before the go-ahead',
      steps: [
        server('* OK [CAPABILITY IMAP4rev1 STARTTLS] ready\r\n'),
        STARTTLS,
        server('* OK one moment\r\na2 ok begin\r\n'),
      ],
      greeting: '* OK [CAPABILITY IMAP4rev1 STARTTLS] ready',
    },
    {
      name: 'with a short list in the greeting that leaves it out',
      steps: [
        server('* OK [CAPABILITY IMAP4rev1] ready\r\n'),
        CAPABILITY,
        OFFER,
        STARTTLS,
        server('a2 OK begin\r\n'),
      ],
      greeting: '* OK [CAPABILITY IMAP4rev1] ready',
    },
  ],
  refused: [
    {
      name: 'it is not among the capabilities',
      steps: [server('* OK ready\r\n'), CAPABILITY, server('* CAPABILITY IMAP4rev1 XSTARTTLS\r\na1 OK\r\n')],
      code: 'not-offered',
      detail: '* CAPABILITY IMAP4rev1 XSTARTTLS',
    },
    {
      name: 'the session is past it',
      steps: [server('* PREAUTH welcome home\r\n')],
      code: 'preauth',
      detail: 'welcome home',
    },
    { name: 'the server is busy', steps: [server('* BYE busy\r\n')], code: 'bye', detail: '* BYE busy' },
    {
      name: 'the server says no',
      steps: [server('* OK ready\r\n'), CAPABILITY, OFFER, STARTTLS, server('a2 NO not now\r\n')],
      code: 'no',
      detail: 'STARTTLS was refused: a2 NO not now',
    },
    {
      name: 'the server does not know the command',
      steps: [server('* OK ready\r\n'), CAPABILITY, OFFER, STARTTLS, server('a2 BAD what\r\n')],
      code: 'bad',
      detail: 'a2 BAD what',
    },
    {
      name: 'the server hangs up',
      steps: [server('* OK ready\r\n'), CAPABILITY, OFFER, STARTTLS, server('* BYE enough\r\n')],
      code: 'bye',
      detail: '* BYE enough',
    },
  ],
  endless: { steps: [server('* OK ready\r\n'), CAPABILITY], forever: '* CAPABILITY IMAP4rev1\r\n' },
});
