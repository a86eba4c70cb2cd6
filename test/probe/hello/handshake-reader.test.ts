import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HandshakeReader } from '../../../src/probe/hello/handshake-reader.js';
import { ProbeFailure } from '../../../src/probe/probe-failure.js';
import { MemoryStream } from '../memory-stream.js';
import { alertRecord, handshakeMessage, record } from './write-records.js';

const MESSAGES = [handshakeMessage(2, Buffer.from('hello')), handshakeMessage(11, Buffer.alloc(70_000, 7))];

describe('HandshakeReader', () => {
  it('puts messages together however records and packets were cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 16_384 }), { minLength: 1, maxLength: 12 }),
        fc.array(fc.integer({ min: 1, max: 40_000 }), { minLength: 1, maxLength: 12 }),
        async (recordSizes, packetSizes) => {
          const records = cut(Buffer.concat(MESSAGES), recordSizes).map((part) => record(22, part));
          const reader = new HandshakeReader(new MemoryStream(cut(Buffer.concat(records), packetSizes)));
          for (const message of MESSAGES) expect((await reader.next()).bytes.equals(message)).toBe(true);
        },
      ),
      { numRuns: 50 },
    );
  });

  it('takes a message that comes byte by byte', async () => {
    const [message = Buffer.alloc(0)] = MESSAGES;
    const stream = Buffer.concat(cut(message, [1]).map((byte) => record(22, byte)));
    expect((await new HandshakeReader(new MemoryStream(cut(stream, [1]))).next()).bytes).toEqual(message);
  });

  it('passes over warnings and change_cipher_spec', async () => {
    const [message = Buffer.alloc(0)] = MESSAGES;
    const bytes = [
      alertRecord(1, 112),
      alertRecord(1, 100),
      record(20, Buffer.from([1])),
      record(22, message),
    ];
    expect((await new HandshakeReader(new MemoryStream(bytes)).next()).bytes).toEqual(message);
  });

  const failures = [
    { name: 'a fatal alert', bytes: [alertRecord(2, 40)], outcome: 'alert', code: 'handshake_failure' },
    {
      name: 'an alert that nobody registered',
      bytes: [alertRecord(2, 99)],
      outcome: 'alert',
      code: 'alert_99',
    },
    {
      name: 'close_notify, a warning by level alone',
      bytes: [alertRecord(1, 0)],
      outcome: 'alert',
      code: 'close_notify',
    },
    {
      name: 'a warning with nothing after it',
      bytes: [alertRecord(1, 112)],
      outcome: 'alert',
      code: 'unrecognized_name',
    },
    { name: 'half an alert', bytes: [record(21, Buffer.from([2]))], outcome: 'malformed', code: 'malformed' },
    { name: 'nothing', bytes: [], outcome: 'closed', code: 'closed' },
    {
      name: 'half a record',
      bytes: [record(22, Buffer.alloc(9)).subarray(0, 7)],
      outcome: 'closed',
      code: 'closed',
    },
    {
      name: 'application data',
      bytes: [record(23, Buffer.alloc(9))],
      outcome: 'malformed',
      code: 'malformed',
    },
    {
      name: 'a record too long',
      bytes: [Buffer.from([22, 3, 3, 0xff, 0xff])],
      outcome: 'malformed',
      code: 'malformed',
    },
    {
      name: 'a message too large',
      bytes: [record(22, Buffer.from([11, 0xff, 0xff, 0xff]))],
      outcome: 'too-large',
      code: 'too-large',
    },
    {
      name: 'a banner',
      bytes: [Buffer.from('SSH-2.0-OpenSSH_9.2\r\n')],
      outcome: 'not-tls',
      code: 'not-tls',
    },
    { name: 'one letter of a banner', bytes: [Buffer.from('2')], outcome: 'not-tls', code: 'not-tls' },
    {
      name: 'garbage after a record',
      bytes: [record(22, Buffer.from([2])), Buffer.from('GET')],
      outcome: 'malformed',
      code: 'malformed',
    },
  ];
  it.each(failures)('fails truthfully on $name', async ({ bytes, outcome, code }) => {
    const failure = await new HandshakeReader(new MemoryStream(bytes))
      .next()
      .catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ProbeFailure);
    expect(failure).toMatchObject({ outcome, code });
  });

  it('waits out empty records for as long as the stream allows', async () => {
    const bytes = Array.from({ length: 1000 }, () => record(22, Buffer.alloc(0)));
    await expect(new HandshakeReader(new MemoryStream(bytes)).next()).rejects.toMatchObject({
      outcome: 'closed',
    });
  });
});

/** Cuts bytes into parts of the given sizes, over and over. */
function cut(bytes: Buffer, sizes: readonly number[]): Buffer[] {
  const parts: Buffer[] = [];
  for (let at = 0, index = 0; at < bytes.length; index += 1) {
    const size = sizes[index % sizes.length] ?? 1;
    parts.push(bytes.subarray(at, at + size));
    at += size;
  }
  return parts;
}
