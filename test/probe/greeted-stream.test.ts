import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GreetedStream } from '../../src/probe/greeted-stream.js';
import { ProbeFailure } from '../../src/probe/probe-failure.js';
import { MemoryStream } from './memory-stream.js';

/** The pieces in which bytes arrive, of one size. */
function cut(text: string, size: number): Buffer[] {
  const bytes = Buffer.from(text, 'latin1');
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
    bytes.subarray(index * size, (index + 1) * size),
  );
}

function greeted(pieces: readonly Uint8Array[]): GreetedStream {
  return new GreetedStream(new MemoryStream([...pieces]), () => undefined);
}

describe('a stream on which TLS is expected', () => {
  it.each([1, 2, 1000])('lets TLS through as it comes, in pieces of %i', async (size) => {
    const stream = greeted(cut('\x16\x03\x03\x00\x02hello', size));
    await stream.fill();
    expect(stream.buffered).toHaveLength(Math.min(size, 10));
    await stream.fill().catch(() => undefined);
    expect(stream.firstWords).toHaveLength(0);
  });

  it.each([
    ['a line of text', 'SSH-2.0-x\r\n', 'SSH-2.0-x\r\n'],
    ['text that ends with the connection', '220 mail', '220 mail'],
    ['a binary greeting', 'J\0\0\0\n8.0', 'J\0\0\0\n8.0'],
    ['what only begins like TLS', '\x16\x99\x03\x01\x02', '\x16\x99\x03\x01\x02'],
  ])('shows %s whole, however it was cut', async (_, said, words) => {
    for (const size of [1, 3, 1000]) {
      const stream = greeted(cut(said, size));
      await stream.fill();
      if (stream.firstWords.length === 0) await stream.fill();
      expect(words.startsWith(stream.firstWords.toString('latin1'))).toBe(true);
      expect(stream.firstWords.length).toBeGreaterThan(4);
      expect(stream.buffered.subarray(0, 512)).toEqual(stream.firstWords);
    }
  });

  it('takes nothing away and adds nothing, whatever comes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.uint8Array({ minLength: 1, maxLength: 40 })), async (pieces) => {
        const stream = greeted(pieces);
        const taken: Buffer[] = [];
        try {
          for (;;) {
            await stream.fill();
            taken.push(stream.take(stream.buffered.length));
          }
        } catch (failure) {
          expect(failure).toBeInstanceOf(ProbeFailure);
        }
        expect(Buffer.concat(taken)).toEqual(Buffer.concat(pieces));
      }),
    );
  });
});
