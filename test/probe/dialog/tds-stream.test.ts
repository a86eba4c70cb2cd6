import { describe, expect, it } from 'vitest';
import { TdsStream } from '../../../src/probe/dialog/tds-stream.js';
import { MemoryStream } from '../memory-stream.js';

function packet(payload: string, type = 0x12, status = 1): Buffer {
  return Buffer.from([type, status, 0, 8 + payload.length, 0, 0, 1, 0, ...Buffer.from(payload)]);
}

async function readAll(stream: TdsStream): Promise<string> {
  for (;;) {
    try {
      await stream.fill();
    } catch (failure) {
      expect(failure).toMatchObject({ outcome: 'closed' });
      return stream.take(stream.buffered.length).toString();
    }
  }
}

describe('TdsStream', () => {
  it('unwraps packets of both types, empty ones too, however they are cut', async () => {
    const bytes = Buffer.concat([packet('ab', 0x12, 0), packet(''), packet('cde', 0x04), packet('f')]);
    for (let size = 1; size <= bytes.length; size += 1) {
      const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
        bytes.subarray(index * size, (index + 1) * size),
      );
      expect(await readAll(new TdsStream(new MemoryStream(chunks)))).toBe('abcdef');
    }
  });

  it('wraps a flight in as many packets as it takes, the last one marked', () => {
    const inner = new MemoryStream([]);
    const stream = new TdsStream(inner);
    stream.write(Buffer.alloc(5000, 'x'));
    stream.write(Buffer.from('yz'));
    expect(inner.written.map((each) => each.subarray(0, 8).toString('hex'))).toEqual([
      '1200100000000000',
      '1201039800000100',
      '1201000a00000200',
    ]);
    expect(inner.written.map((each) => each.length)).toEqual([4096, 920, 10]);
  });

  it('follows the server when it goes over to bare records', async () => {
    const inner = new MemoryStream([packet('ab'), Buffer.from('\x15\x03\x03\0\x02\x02\x28')]);
    const stream = new TdsStream(inner);
    expect(await readAll(stream)).toBe('ab\x15\x03\x03\0\x02\x02\x28');
    stream.write(Buffer.from('yz'));
    expect(inner.written.map(String)).toEqual(['yz']);
  });

  it.each([
    ['of another type', Buffer.from('0301000a000001006162', 'hex')],
    ['shorter than its own header', Buffer.from('1201000700000100', 'hex')],
  ])('refuses a packet %s', async (_, bytes) => {
    await expect(new TdsStream(new MemoryStream([bytes])).fill()).rejects.toMatchObject({
      outcome: 'malformed',
    });
  });
});
