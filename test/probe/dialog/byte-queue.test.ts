import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ByteQueue } from '../../../src/probe/dialog/byte-queue.js';

describe('ByteQueue', () => {
  it('gives back what was put in, in order, however it is cut', () => {
    const step = fc.record({ put: fc.uint8Array({ maxLength: 9000 }), take: fc.nat(9000) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        const queue = new ByteQueue();
        const put: Uint8Array[] = [];
        const taken: Uint8Array[] = [];
        for (const each of steps) {
          queue.append(each.put);
          put.push(each.put);
          taken.push(queue.take(each.take));
        }
        taken.push(queue.take(Number.MAX_SAFE_INTEGER));
        expect(Buffer.concat(taken).equals(Buffer.concat(put))).toBe(true);
        expect(queue.waiting).toHaveLength(0);
      }),
      { numRuns: 50 },
    );
  });

  it('hands out copies', () => {
    const queue = new ByteQueue();
    queue.append(Buffer.from('abc'));
    const taken = queue.take(3);
    queue.append(Buffer.alloc(5000, 'x'));
    expect(taken.toString()).toBe('abc');
  });
});
