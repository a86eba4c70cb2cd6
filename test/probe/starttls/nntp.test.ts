import { nntp } from '../../../src/probe/starttls/nntp.js';
import { client, server } from '../../servers/scripted.js';
import { describeProtocol } from './describe-protocol.js';

const CAPABILITIES = client('CAPABILITIES\r\n');
const STARTTLS = client('STARTTLS\r\n');
const OFFER = server('101 list\r\nVERSION 2\r\nSTARTTLS\r\n.\r\n');

describeProtocol(nntp, {
  accepted: [
    {
      name: 'with a list of capabilities',
      steps: [server('200 news.example ready\r\n'), CAPABILITIES, OFFER, STARTTLS, server('382 go\r\n')],
      greeting: '200 news.example ready',
    },
    {
      name: 'without a list of capabilities',
      steps: [
        server('201 no posting\r\n'),
        CAPABILITIES,
        server('500 what\r\n'),
        STARTTLS,
        server('382 go\r\n'),
      ],
      greeting: '201 no posting',
    },
  ],
  refused: [
    {
      name: 'it is not among the capabilities',
      steps: [server('200 ready\r\n'), CAPABILITIES, server('101 list\r\nVERSION 2\r\nREADER\r\n.\r\n')],
      code: 'not-offered',
      detail: 'VERSION 2 READER',
    },
    {
      name: 'it cannot be started now',
      steps: [server('200 ready\r\n'), CAPABILITIES, OFFER, STARTTLS, server('580 cannot start\r\n')],
      code: '580',
      detail: '580 cannot start',
    },
    { name: 'the service is off', steps: [server('400 later\r\n')], code: '400', detail: '400 later' },
  ],
  endless: {
    steps: [server('200 ready\r\n'), CAPABILITIES, server('101 list\r\n')],
    forever: 'X-CAPABILITY\r\n',
  },
});
