import { describe, expect, it } from 'vitest';
import { makeGrowingBuffer } from '../../src/probe/growing-buffer.js';

describe('makeGrowingBuffer', () => {
  it('gathers pieces in order, up to its limit and not beyond', () => {
    const buffer = makeGrowingBuffer(10_000);
    for (let at = 0; at < 10_000; at++) expect(buffer.add(Uint8Array.of(at & 0xff))).toBe(true);
    expect(buffer.add(Uint8Array.of(1))).toBe(false);
    expect(buffer.bytes()).toEqual(Buffer.from(Array.from({ length: 10_000 }, (_, at) => at & 0xff)));
  });

  it('is empty at first', () => {
    expect(makeGrowingBuffer(1).bytes()).toHaveLength(0);
  });
});
