import { amqp } from '../../../src/probe/starttls/amqp.js';
import { client, server } from '../../servers/scripted.js';
import { describeProtocol } from './describe-protocol.js';

const TLS = [...Buffer.from('AMQP'), 2, 1, 0, 0];

describeProtocol(amqp, {
  accepted: [{ name: 'at once', steps: [client(TLS), server(TLS)], greeting: null }],
  refused: [
    {
      name: 'the server speaks AMQP 0-9-1 alone',
      steps: [client(TLS), server([...Buffer.from('AMQP'), 0, 0, 9, 1])],
      code: 'not-offered',
      detail: 'the server speaks another protocol: AMQP\\x00\\x00\\x09\\x01',
    },
  ],
  endless: null,
});
