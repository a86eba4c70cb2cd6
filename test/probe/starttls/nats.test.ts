import { nats } from '../../../src/probe/starttls/nats.js';
import { server } from '../../servers/scripted.js';
import { describeProtocol } from './describe-protocol.js';

describeProtocol(nats, {
  accepted: [
    {
      name: 'TLS is required',
      steps: [server('INFO {"server_id":"NA","version":"2.10.0","tls_required":true}\r\n')],
      greeting: 'INFO {"server_id":"NA","version":"2.10.0","tls_required":true}',
    },
    {
      name: 'TLS is a choice',
      steps: [server('INFO {"tls_available":true} \r\n')],
      greeting: 'INFO {"tls_available":true}',
    },
  ],
  refused: [
    {
      name: 'TLS is not offered',
      steps: [server('INFO {"server_id":"NA","tls_required":false}\r\n')],
      code: 'not-offered',
      detail: 'neither tls_required nor tls_available',
    },
    {
      name: 'too many are connected',
      steps: [server("-ERR 'maximum connections exceeded'\r\n")],
      code: 'err',
      detail: 'maximum connections exceeded',
    },
  ],
  malformed: [
    { name: 'INFO is not JSON', steps: [server('INFO {"tls_required":tru\r\n')] },
    { name: 'INFO is too deep', steps: [server(`INFO {"a":${'['.repeat(10_000)}\r\n`)] },
  ],
  endless: { steps: [server('INFO {"connect_urls":[')], forever: '"192.0.2.1:4222",' },
});
