import { expect, test } from 'vitest';
import type { ByteStream } from '../../src/probe/byte-stream.js';
import { ProbeFailure } from '../../src/probe/probe-failure.js';
import { tapStream } from '../../src/probe/tap-stream.js';

/** A stream on which these pieces arrive, one for each `fill`; then the peer closes. */
function streamOf(...pieces: readonly string[]): ByteStream {
  let bytes = Buffer.alloc(0);
  let next = 0;
  return {
    get buffered() {
      return bytes;
    },
    async fill() {
      const piece = pieces[next];
      if (piece === undefined)
        throw new ProbeFailure('closed', 'handshake', 'closed', 'the peer closed the connection');
      next += 1;
      bytes = Buffer.concat([bytes, Buffer.from(piece)]);
    },
    take(length) {
      const taken = bytes.subarray(0, length);
      bytes = bytes.subarray(length);
      return taken;
    },
    write: () => undefined,
  };
}

test('shows every byte once, in order, whenever it is taken', async () => {
  const stream = streamOf('abc', 'def', 'gh');
  await stream.fill();
  const seen: string[] = [];
  const tap = tapStream(stream, (bytes) => seen.push(bytes.toString()));
  expect(tap.take(2).toString()).toBe('ab');
  await tap.fill();
  expect(tap.take(3).toString()).toBe('cde');
  await tap.fill();
  expect(tap.buffered.toString()).toBe('fgh');
  expect(seen).toEqual(['abc', 'def', 'gh']);
});

test('shows bytes that arrived while nobody looked before it waits for more', async () => {
  const stream = streamOf('abc', 'def');
  const seen: string[] = [];
  const tap = tapStream(stream, (bytes) => seen.push(bytes.toString()));
  await stream.fill();
  expect(tap.buffered).toHaveLength(0);
  await tap.fill();
  expect(tap.buffered.toString()).toBe('abc');
  expect(seen).toEqual(['abc']);
});

test('fails as the stream does', async () => {
  const tap = tapStream(streamOf(), () => undefined);
  await expect(tap.fill()).rejects.toMatchObject({ outcome: 'closed' });
});
