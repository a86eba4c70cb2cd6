import { postgres } from '../../../src/probe/starttls/postgres.js';
import { client, server } from '../../servers/scripted.js';
import { describeProtocol } from './describe-protocol.js';

const SSL_REQUEST = client(Buffer.from('0000000804d2162f', 'hex'));
const ERROR_FIELDS = Buffer.from('SFATAL\0C53300\0Mtoo many clients\0\0');
const ERROR_HEAD = Buffer.from([0x45, 0, 0, 0, 4 + ERROR_FIELDS.length]);

describeProtocol(postgres, {
  accepted: [{ name: 'at once', steps: [SSL_REQUEST, server('S')], greeting: null }],
  refused: [
    {
      name: 'no',
      steps: [SSL_REQUEST, server('N')],
      code: 'not-offered',
      detail: 'the server does not use TLS',
    },
    {
      name: 'an error',
      steps: [SSL_REQUEST, server(Buffer.concat([ERROR_HEAD, ERROR_FIELDS]))],
      code: 'error',
      detail: 'the server answered with an error: too many clients',
    },
    {
      name: 'an error of the first protocol',
      steps: [SSL_REQUEST, server('EUnsupported frontend protocol.\n\0')],
      code: 'error',
      detail: 'Unsupported frontend protocol.',
    },
  ],
  endless: null,
});
