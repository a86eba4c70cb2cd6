import { mssql } from '../../../src/probe/starttls/mssql.js';
import { client, server } from '../../servers/scripted.js';
import { describeProtocol } from './describe-protocol.js';

const PRELOGIN = client(
  Buffer.from(
    '1201002f00000000' +
      '00001a000601002000010200210001030022000404002600' +
      '01ff' +
      '0900000000000100000000' +
      '0000',
    'hex',
  ),
);

/** A response that fits one packet: options VERSION and ENCRYPTION. */
function response(encryption: number, status = 1): Buffer {
  const table = Buffer.from('00000b0006' + '0100110001' + 'ff', 'hex');
  const data = Buffer.from([0x0f, 0, 0x07, 0xd0, 0, 0, encryption]);
  const payload = Buffer.concat([table, data]);
  return Buffer.concat([Buffer.from([4, status, 0, 8 + payload.length, 0, 0, 1, 0]), payload]);
}

const IN_TWO_PACKETS = Buffer.concat([
  Buffer.from([4, 0, 0, 12, 0, 0, 1, 0]),
  response(3).subarray(8, 12),
  Buffer.from([4, 1, 0, 8 + 14, 0, 0, 2, 0]),
  response(3).subarray(12),
]);

describeProtocol(mssql, {
  accepted: [
    { name: 'encryption on', steps: [PRELOGIN, server(response(1))], greeting: 'SQL Server 15.0.2000' },
    { name: 'for the login alone', steps: [PRELOGIN, server(response(0))], greeting: 'SQL Server 15.0.2000' },
    {
      name: 'required, and said in two packets',
      steps: [PRELOGIN, server(IN_TWO_PACKETS)],
      greeting: 'SQL Server 15.0.2000',
    },
  ],
  refused: [
    {
      name: 'not supported',
      steps: [PRELOGIN, server(response(2))],
      code: 'not-offered',
      detail: 'the server has no TLS',
    },
    {
      name: 'not a word of it',
      steps: [PRELOGIN, server(Buffer.from('0401000900000100' + 'ff', 'hex'))],
      code: 'not-offered',
      detail: 'says nothing of TLS',
    },
  ],
  malformed: [
    { name: 'no end of the options', steps: [PRELOGIN, server(Buffer.from('040100090000010000', 'hex'))] },
    {
      name: 'an option outside the packet',
      steps: [PRELOGIN, server(Buffer.from('0401000e00000100' + '01ffff0001ff', 'hex'))],
    },
    {
      name: 'a packet shorter than its header',
      steps: [PRELOGIN, server(Buffer.from('0401000200000100', 'hex'))],
    },
  ],
  endless: { steps: [PRELOGIN], forever: Buffer.from('0400000800000100', 'hex') },
  carrier: 'tds',
});
