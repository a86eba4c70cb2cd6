import { rdp } from '../../../src/probe/starttls/rdp.js';
import { client, server } from '../../servers/scripted.js';
import { describeProtocol } from './describe-protocol.js';

const REQUEST = client(Buffer.from('030000130ee00000000000010008000b000000', 'hex'));

/** A connection confirm with negotiation data of a type and value. */
function confirm(type: number, value: number): Buffer {
  return Buffer.from([3, 0, 0, 19, 14, 0xd0, 0, 0, 0x12, 0x34, 0, type, 0, 8, 0, value, 0, 0, 0]);
}

describeProtocol(rdp, {
  accepted: [
    { name: 'TLS', steps: [REQUEST, server(confirm(2, 1))], greeting: null },
    { name: 'CredSSP', steps: [REQUEST, server(confirm(2, 2))], greeting: null },
    {
      name: 'CredSSP with early user authorisation',
      steps: [REQUEST, server(confirm(2, 8))],
      greeting: null,
    },
  ],
  refused: [
    {
      name: 'standard security',
      steps: [REQUEST, server(confirm(2, 0))],
      code: 'not-offered',
      detail: 'the server selects standard RDP security',
    },
    {
      name: 'TLS is not allowed',
      steps: [REQUEST, server(confirm(3, 2))],
      code: 'ssl-not-allowed-by-server',
      detail: 'ssl-not-allowed-by-server',
    },
    {
      name: 'there is no certificate',
      steps: [REQUEST, server(confirm(3, 3))],
      code: 'ssl-cert-not-on-server',
      detail: 'ssl-cert-not-on-server',
    },
    {
      name: 'a failure that has no name',
      steps: [REQUEST, server(confirm(3, 99))],
      code: 'failure-99',
      detail: 'failure-99',
    },
    {
      name: 'the server is too old to negotiate',
      steps: [REQUEST, server(Buffer.from('0300000b06d00000123400', 'hex'))],
      code: 'not-offered',
      detail: 'does not negotiate',
    },
    {
      name: 'the server disconnects',
      steps: [REQUEST, server(Buffer.from('0300000b06800000123400', 'hex'))],
      code: 'disconnected',
      detail: 'the server disconnects',
    },
  ],
  malformed: [
    { name: 'too short', steps: [REQUEST, server(Buffer.from('03000004', 'hex'))] },
    { name: 'another X.224 code', steps: [REQUEST, server(Buffer.from('0300000b06f00000123400', 'hex'))] },
    { name: 'other negotiation data', steps: [REQUEST, server(confirm(9, 1))] },
  ],
  endless: { steps: [REQUEST, server([3, 0, 0xff, 0xff])], forever: 'x' },
});
