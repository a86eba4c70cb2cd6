import { irc } from '../../../src/probe/starttls/irc.js';
import { client, server } from '../../servers/scripted.js';
import { describeProtocol } from './describe-protocol.js';

const STARTTLS = client('STARTTLS\r\n');
const NOTICE = server(':irc.example NOTICE * :*** Looking up your hostname...\r\n');

describeProtocol(irc, {
  accepted: [
    {
      name: 'with notices before it',
      steps: [STARTTLS, NOTICE, server(':irc.example 670 * :STARTTLS successful, go ahead\r\n')],
      greeting: ':irc.example NOTICE * :*** Looking up your hostname...',
    },
    {
      name: 'with notices of the old kind, before anything is asked',
      steps: [
        server('NOTICE AUTH :*** Checking ident\r\nPING :12345\r\n'),
        STARTTLS,
        server('@time=2026-11-22T10:00:00Z :irc.example 670 u :go\r\n'),
      ],
      greeting: 'NOTICE AUTH :*** Checking ident',
    },
  ],
  refused: [
    {
      name: 'it failed',
      steps: [STARTTLS, NOTICE, server(':irc.example 691 * :STARTTLS failed\r\n')],
      code: '691',
      detail: ':irc.example 691 * :STARTTLS failed',
    },
    {
      name: 'the command is not known',
      steps: [STARTTLS, server(':irc.example 421 * STARTTLS :Unknown command\r\n')],
      code: '421',
      detail: 'Unknown command',
    },
    {
      name: 'a registration comes first',
      steps: [STARTTLS, server(':irc.example 451 * :You have not registered\r\n')],
      code: '451',
      detail: 'You have not registered',
    },
    {
      name: 'the link is closed',
      steps: [server('ERROR :Closing link: too many connections\r\n')],
      code: 'error',
      detail: 'too many connections',
    },
  ],
  endless: { steps: [], forever: ':irc.example NOTICE * :wait\r\n' },
});
