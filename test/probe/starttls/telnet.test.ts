import { telnet } from '../../../src/probe/starttls/telnet.js';
import { client, server } from '../../servers/scripted.js';
import { describeProtocol } from './describe-protocol.js';

const WILL = client([0xff, 0xfb, 46]);
const DO = server([0xff, 0xfd, 46]);
const FOLLOWS = [0xff, 0xfa, 46, 1, 0xff, 0xf0];

describeProtocol(telnet, {
  accepted: [
    { name: 'at once', steps: [WILL, DO, client(FOLLOWS), server(FOLLOWS)], greeting: null },
    {
      name: 'with text and other options around it',
      steps: [
        server([0xff, 0xfd, 24, ...Buffer.from('\r\nWelcome to r1\r\nlogin: '), 0xff, 0xff]),
        server([0xff, 0xfa, 24, 1, 0xff, 0xff, 0xf0, 0xff, 0xf0, 0xff, 0xf1]),
        WILL,
        DO,
        DO,
        client(FOLLOWS),
        server(FOLLOWS),
      ],
      greeting: 'Welcome to r1',
    },
  ],
  refused: [
    {
      name: 'the option is not known',
      steps: [WILL, server('Welcome to r1\r\n'), server([0xff, 0xfe, 46])],
      code: 'dont',
      detail: 'START_TLS was refused: Welcome to r1',
    },
  ],
  endless: { steps: [WILL], forever: 'Welcome to r1 ' },
});
