import fc from 'fast-check';
import { expect } from 'vitest';
import { ProbeFailure } from '../../../src/probe/probe-failure.js';

/**
 * Expects of a parser that it reads `valid`, refuses each of its prefixes (but for those that are sound in themselves), and
 * throws nothing but ProbeFailure whatever it is given: random bytes, and `valid` with some of its bytes changed.
 */
export function expectRobust(
  valid: Buffer,
  read: (bytes: Buffer) => unknown,
  { soundPrefixes = [] }: { readonly soundPrefixes?: readonly number[] } = {},
): void {
  read(valid);
  for (let length = 0; length < valid.length; length += 1) {
    const attempt = () => read(valid.subarray(0, length));
    if (soundPrefixes.includes(length)) attempt();
    else expect(attempt, `a prefix of ${length} bytes`).toThrow(ProbeFailure);
  }
  const mutation = fc.record({ at: fc.nat(valid.length - 1), byte: fc.nat(255) });
  fc.assert(
    fc.property(
      fc.oneof(
        fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
        fc.array(mutation, { minLength: 1, maxLength: 4 }).map((mutations) => {
          const bytes = Buffer.from(valid);
          for (const { at, byte } of mutations) bytes[at] = byte;
          return bytes;
        }),
      ),
      (bytes) => {
        try {
          read(bytes);
        } catch (failure) {
          expect(failure).toBeInstanceOf(ProbeFailure);
        }
      },
    ),
    { numRuns: 500 },
  );
}
