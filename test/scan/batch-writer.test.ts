import { describe, expect, it } from 'vitest';
import { BatchWriter } from '../../src/scan/batch-writer.js';

const NEVER = (error: unknown): never => {
  throw error;
};

describe('BatchWriter', () => {
  it('writes all items in order, many at a time and one batch after the other', async () => {
    const batches: number[][] = [];
    let writing = 0;
    const writer = new BatchWriter<number>(async (batch) => {
      writing += 1;
      expect(writing).toBe(1);
      await new Promise((resolve) => setImmediate(resolve));
      batches.push([...batch]);
      writing -= 1;
    }, NEVER);
    const items = Array.from({ length: 2500 }, (_, index) => index);
    for (const item of items) writer.add(item);
    await writer.close();
    expect(batches.flat()).toEqual(items);
    expect(batches.length).toBeLessThan(4);
  });

  it('writes a batch that does not fill up after a while', async () => {
    const written = new Promise<readonly string[]>((resolve) => {
      const writer = new BatchWriter<string>(async (batch) => resolve(batch), NEVER);
      writer.add('alone');
    });
    expect(await written).toEqual(['alone']);
  });

  it('tells of the error of writing once, throws it when it is closed, and writes no more', async () => {
    const errors: unknown[] = [];
    let writes = 0;
    const writer = new BatchWriter<number>(
      async () => {
        writes += 1;
        throw new Error('no room');
      },
      (error) => errors.push(error),
    );
    for (let item = 0; item < 3000; item += 1) writer.add(item);
    await expect(writer.close()).rejects.toThrow('no room');
    expect(errors).toEqual([new Error('no room')]);
    expect(writes).toBe(1);
  });
});
