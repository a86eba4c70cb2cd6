import { pop3 } from '../../../src/probe/starttls/pop3.js';
import { client, server } from '../../servers/scripted.js';
import { describeProtocol } from './describe-protocol.js';

const CAPA = client('CAPA\r\n');
const STLS = client('STLS\r\n');
const OFFER = server('+OK list\r\nTOP\r\nstls\r\n.\r\n');

describeProtocol(pop3, {
  accepted: [
    {
      name: 'with a list of capabilities',
      steps: [server('+OK ready <1896.1@example>\r\n'), CAPA, OFFER, STLS, server('+OK begin\r\n')],
      greeting: '+OK ready <1896.1@example>',
    },
    {
      name: 'without a list of capabilities',
      steps: [server('+OK ready\r\n'), CAPA, server('-ERR what\r\n'), STLS, server('+OK begin\r\n')],
      greeting: '+OK ready',
    },
  ],
  refused: [
    {
      name: 'it is not among the capabilities',
      steps: [server('+OK ready\r\n'), CAPA, server('+OK list\r\nTOP\r\nUIDL\r\n.\r\n')],
      code: 'not-offered',
      detail: 'TOP UIDL',
    },
    {
      name: 'the server says no',
      steps: [server('+OK ready\r\n'), CAPA, OFFER, STLS, server('-ERR no certificate\r\n')],
      code: 'err',
      detail: 'STLS was refused: -ERR no certificate',
    },
    {
      name: 'the server is busy',
      steps: [server('-ERR [SYS/TEMP] busy\r\n')],
      code: 'err',
      detail: '-ERR [SYS/TEMP] busy',
    },
  ],
  endless: { steps: [server('+OK ready\r\n'), CAPA, server('+OK\r\n')], forever: 'TOP\r\n' },
});
