import { ownName } from '../../../src/probe/dialog/own-name.js';
import { smtp } from '../../../src/probe/starttls/smtp.js';
import { client, server } from '../../servers/scripted.js';
import { describeProtocol } from './describe-protocol.js';

const HELLO = client(`EHLO ${ownName()}\r\n`);
const STARTTLS = client('STARTTLS\r\n');
const OFFER = server('250-mail.example\r\n250-PIPELINING\r\n250-StartTLS\r\n250 8BITMIME\r\n');

describeProtocol(smtp, {
  accepted: [
    {
      name: 'a greeting of one line',
      steps: [
        server('220 mail.example ESMTP Postfix\r\n'),
        HELLO,
        OFFER,
        STARTTLS,
        server('220 2.0.0 Ready\r\n'),
      ],
      greeting: '220 mail.example ESMTP Postfix',
    },
    {
      name: 'a greeting and a go-ahead of many lines, ended by line feeds alone',
      steps: [
        server('220-mail.example ESMTP Postfix\n220-no spam\n220 please\n'),
        HELLO,
        server('250-mail.example\n250 STARTTLS\n'),
        STARTTLS,
        server('220-go\n220 ahead\n'),
      ],
      greeting: '220-mail.example ESMTP Postfix',
    },
  ],
  refused: [
    {
      name: 'it is not among the capabilities',
      steps: [
        server('220 mail.example ESMTP Postfix\r\n'),
        HELLO,
        server('250-mail.example\r\n250-XSTARTTLS\r\n250 8BITMIME\r\n'),
      ],
      code: 'not-offered',
      detail: '250-mail.example 250-XSTARTTLS 250 8BITMIME',
    },
    {
      name: 'a firewall masks it',
      steps: [
        server('220 ********\r\n'),
        HELLO,
        server('250-mail.example\r\n250-XXXXXXXA\r\n250 8BITMIME\r\n'),
      ],
      code: 'not-offered',
      detail: 'a firewall hides STARTTLS',
    },
    {
      name: 'the server knows no extensions',
      steps: [server('220 mail.example ESMTP Postfix\r\n'), HELLO, server('502 what?\r\n')],
      code: 'not-offered',
      detail: '502 what?',
    },
    {
      name: 'the hello is not welcome',
      steps: [server('220 mail.example ESMTP Postfix\r\n'), HELLO, server('550 no such friend\r\n')],
      code: '550',
      detail: '550 no such friend',
    },
    {
      name: 'there is no certificate at the moment',
      steps: [
        server('220 mail.example ESMTP Postfix\r\n'),
        HELLO,
        OFFER,
        STARTTLS,
        server('454 4.7.0 TLS not available \x1b[2J\r\n'),
      ],
      code: '454',
      detail: 'STARTTLS was refused: 454 4.7.0 TLS not available \\x1b[2J',
    },
    {
      name: 'the server is busy',
      steps: [server('421 too many connections\r\n')],
      code: '421',
      detail: 'turned away at the greeting: 421 too many connections',
    },
  ],
  endless: { steps: [], forever: '220-mail.example ESMTP Postfix\r\n' },
});
