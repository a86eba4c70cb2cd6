import { vnc } from '../../../src/probe/starttls/vnc.js';
import { client, server } from '../../servers/scripted.js';
import { describeProtocol } from './describe-protocol.js';

const VERSION = [server('RFB 003.008\n'), client('RFB 003.008\n')];
const VENCRYPT = [server([2, 19, 1]), client([19]), server([0, 2]), client([0, 2]), server([0])];

/** A list of subtypes with its count. */
function subtypes(...list: readonly number[]): Buffer {
  return Buffer.from([list.length, ...list.flatMap((each) => [0, 0, each >> 8, each & 0xff])]);
}

describeProtocol(vnc, {
  accepted: [
    {
      name: 'with a certificate, whatever stands before it',
      steps: [
        ...VERSION,
        ...VENCRYPT,
        server(subtypes(256, 257, 261, 262)),
        client([0, 0, 1, 6]),
        server([1]),
      ],
      greeting: 'RFB 003.008',
    },
    {
      name: 'with version 3.7',
      steps: [
        server('RFB 003.007\n'),
        client('RFB 003.007\n'),
        ...VENCRYPT,
        server(subtypes(260)),
        client([0, 0, 1, 4]),
        server([1]),
      ],
      greeting: 'RFB 003.007',
    },
    {
      name: 'with anonymous key exchange where there is nothing else',
      steps: [...VERSION, ...VENCRYPT, server(subtypes(258, 256)), client([0, 0, 1, 2]), server([1])],
      greeting: 'RFB 003.008',
    },
    {
      name: 'with the type TLS alone',
      steps: [server('RFB 004.001\n'), client('RFB 003.008\n'), server([2, 18, 2]), client([18])],
      greeting: 'RFB 004.001',
    },
  ],
  refused: [
    {
      name: 'RFB 3.3',
      steps: [server('RFB 003.003\n')],
      code: 'not-offered',
      detail: 'RFB older than 3.7 has no security types: RFB 003.003',
    },
    {
      name: 'no type with TLS',
      steps: [...VERSION, server([2, 1, 2])],
      code: 'not-offered',
      detail: 'no TLS among the security types 1, 2',
    },
    {
      name: 'a reason instead of types',
      steps: [...VERSION, server([0, 0, 0, 0, 4, ...Buffer.from('busy')])],
      code: 'refused',
      detail: 'turned away at the greeting: busy',
    },
    {
      name: 'VeNCrypt 0.1',
      steps: [...VERSION, server([1, 19]), client([19]), server([0, 1])],
      code: 'not-offered',
      detail: 'VeNCrypt 0.1',
    },
    {
      name: 'a no to the version of VeNCrypt',
      steps: [...VERSION, ...VENCRYPT.slice(0, -1), server([255])],
      code: 'refused',
      detail: 'VeNCrypt 0.2 was refused',
    },
    {
      name: 'no subtype with TLS',
      steps: [...VERSION, ...VENCRYPT, server(subtypes(256))],
      code: 'not-offered',
      detail: 'subtypes of VeNCrypt: 256',
    },
    {
      name: 'a no to the subtype',
      steps: [...VERSION, ...VENCRYPT, server(subtypes(260)), client([0, 0, 1, 4]), server([0])],
      code: 'refused',
      detail: 'subtype 260 was refused',
    },
  ],
  endless: { steps: [...VERSION, server([0, 0x7f, 0, 0, 0])], forever: 'because ' },
});
