import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { discoveryHello } from '../../../src/probe/hello/discovery-hello.js';
import { exchangeHello } from '../../../src/probe/hello/exchange-hello.js';
import type { HelloAnswer } from '../../../src/probe/hello/hello-answer.js';
import type { HelloSpec } from '../../../src/probe/hello/hello-spec.js';
import { ProbeFailure } from '../../../src/probe/probe-failure.js';
import { MemoryStream } from '../memory-stream.js';
import { makeChain, serve } from './greet-server.js';
import { openConnection } from './open-connection.js';
import { RecordingStream } from './recording-stream.js';

describe('HelloAnswer to a broken reply', () => {
  const random = Buffer.alloc(64, 0x42);
  const spec: HelloSpec = { ...discoveryHello('modern', null), random };

  it.each(['TLSv1.2', 'TLSv1.3'] as const)(
    'fails cleanly on every prefix and on changed bytes (%s)',
    async (version) => {
      const connection = await openConnection(
        await serve(await makeChain('ec-p256'), { minVersion: version, maxVersion: version }),
      );
      const recording = new RecordingStream(connection);
      const whole = await exchangeHello(recording, spec);
      connection.close();
      expect(whole).toMatchObject({ failure: null });
      const reply = Buffer.concat(recording.taken);
      expect(await read(reply, spec)).toEqual(whole);
      for (let length = 0; length < reply.length; length += 1) {
        const result = await read(reply.subarray(0, length), spec);
        expect(result instanceof ProbeFailure || result.kind === 'server-hello').toBe(true);
        if (!(result instanceof ProbeFailure))
          expect(result).toMatchObject({ failure: { outcome: 'closed' } });
      }
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.tuple(fc.nat(reply.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 }),
          async (changes) => {
            const bytes = Buffer.from(reply);
            for (const [at, byte] of changes) bytes[at] = byte;
            const result = await read(bytes, spec);
            expect(result instanceof ProbeFailure || 'cipherSuite' in result).toBe(true);
          },
        ),
        { numRuns: 300 },
      );
    },
  );
});

/** What a hello comes to when the server says these bytes and no more; anything but a ProbeFailure is thrown on. */
async function read(bytes: Buffer, spec: HelloSpec): Promise<HelloAnswer | ProbeFailure> {
  try {
    return await exchangeHello(new MemoryStream([bytes]), spec);
  } catch (failure) {
    if (failure instanceof ProbeFailure) return failure;
    throw failure;
  }
}
