import { mysql } from '../../../src/probe/starttls/mysql.js';
import { client, server } from '../../servers/scripted.js';
import { describeProtocol } from './describe-protocol.js';

/** A packet of the server: its length and sequence number before the payload. */
function packet(...payload: readonly (string | readonly number[])[]): Buffer {
  const body = Buffer.concat(payload.map((part) => Buffer.from(part)));
  return Buffer.concat([Buffer.from([body.length & 0xff, body.length >> 8, 0, 0]), body]);
}

const AFTER_CAPABILITIES = [0x2d, 2, 0, 0xff, 0x81, 21, ...Array<number>(10).fill(0)];
const SALT = [7, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 0];
const SSL_REQUEST = client(Buffer.from(`20000001008a00000000000008${'00'.repeat(23)}`, 'hex'));

describeProtocol(mysql, {
  accepted: [
    {
      name: 'with CLIENT_SSL',
      steps: [
        server(packet([10], '5.5.5-10.11.6-MariaDB\0', SALT, [0xfe, 0xff], AFTER_CAPABILITIES)),
        SSL_REQUEST,
      ],
      greeting: '5.5.5-10.11.6-MariaDB',
    },
  ],
  refused: [
    {
      name: 'without CLIENT_SSL',
      steps: [server(packet([10], '8.0.36\0', SALT, [0xfe, 0xf7], AFTER_CAPABILITIES))],
      code: 'not-offered',
      detail: 'CLIENT_SSL is not among the capabilities: 8.0.36',
    },
    {
      name: 'an error with its SQL state',
      steps: [server(packet([0xff, 0x10, 0x04], '#08004Too many connections'))],
      code: '1040',
      detail: 'turned away at the greeting: Too many connections',
    },
    {
      name: 'an error without SQL state',
      steps: [server(packet([0xff, 0x6a, 0x04], "Host '192.0.2.1' is not allowed"))],
      code: '1130',
      detail: "Host '192.0.2.1' is not allowed",
    },
    {
      name: 'protocol 9',
      steps: [server(packet([9], '3.20\0', [1, 0, 0, 0, 1, 2, 3, 0]))],
      code: 'not-offered',
      detail: 'protocol 9 knows no TLS: 3.20',
    },
  ],
  malformed: [
    { name: 'the greeting is too short', steps: [server(packet([10], '8.0.36\0', [1, 2, 3]))] },
    { name: 'the version has no end', steps: [server(packet([10], '8.0.36'))] },
  ],
  endless: { steps: [server([0xff, 0xff, 0x7f, 0, 10])], forever: '8' },
});
