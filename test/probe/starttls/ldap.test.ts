import { ldap } from '../../../src/probe/starttls/ldap.js';
import { client, server } from '../../servers/scripted.js';
import { describeProtocol } from './describe-protocol.js';

const REQUEST = client(
  Buffer.concat([Buffer.from('301d02010177188016', 'hex'), Buffer.from('1.3.6.1.4.1.1466.20037')]),
);

/** An ExtendedResponse with short lengths. */
function response(id: number, result: number, words = ''): Buffer {
  const body = Buffer.from([0x0a, 1, result, 4, 0, 4, words.length, ...Buffer.from(words)]);
  return Buffer.from([0x30, body.length + 5, 2, 1, id, 0x78, body.length, ...body]);
}

const ACTIVE_DIRECTORY = Buffer.concat([
  Buffer.from('308400000028020101788400000' + '01f0a010004000400' + '8a16', 'hex'),
  Buffer.from('1.3.6.1.4.1.1466.20037'),
]);

describeProtocol(ldap, {
  accepted: [
    { name: 'short lengths, as of OpenLDAP', steps: [REQUEST, server(response(1, 0))], greeting: null },
    {
      name: 'long lengths, as of Active Directory',
      steps: [REQUEST, server(ACTIVE_DIRECTORY)],
      greeting: null,
    },
  ],
  refused: [
    {
      name: 'the operation is not known',
      steps: [REQUEST, server(response(1, 2, 'unsupported extended operation'))],
      code: 'protocol-error',
      detail: 'StartTLS was refused with protocol-error: unsupported extended operation',
    },
    {
      name: 'there is no certificate',
      steps: [REQUEST, server(response(1, 52))],
      code: 'unavailable',
      detail: 'unavailable',
    },
    {
      name: 'a result that has no name',
      steps: [REQUEST, server(response(1, 123))],
      code: 'result-123',
      detail: 'result-123',
    },
    {
      name: 'a notice of disconnection',
      steps: [server(response(0, 51, 'closing'))],
      code: 'busy',
      detail: 'closing',
    },
  ],
  malformed: [
    { name: 'an indefinite length', steps: [REQUEST, server(Buffer.from('3080', 'hex'))] },
    {
      name: 'another operation',
      steps: [REQUEST, server(Buffer.from('300c02010161070a010004000400', 'hex'))],
    },
    {
      name: 'an element that overruns',
      steps: [REQUEST, server(Buffer.from('300c02010178070a010004000450', 'hex'))],
    },
    { name: 'no message id', steps: [REQUEST, server(Buffer.from('30020200', 'hex'))] },
  ],
  endless: { steps: [REQUEST, server(Buffer.from('3084ffffffff', 'hex'))], forever: 'x' },
});
