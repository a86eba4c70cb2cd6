import { describe, expect, it } from 'vitest';
import { BatchWriter } from '../../src/scan/batch-writer.js';

describe('BatchWriter', () => {
  it('writes all items in order, many at a time', async () => {
    const batches: number[][] = [];
    const writer = new BatchWriter<number>(async (batch) => {
      batches.push([...batch]);
    });
    const items = Array.from({ length: 2500 }, (_, index) => index);
    for (const item of items) {
      writer.add(item);
      await writer.ready();
    }
    await writer.close();
    expect(batches.flat()).toEqual(items);
    expect(batches.length).toBe(3);
  });

  it('writes a batch that does not fill up after a while', async () => {
    const written = new Promise<readonly string[]>((resolve) => {
      const writer = new BatchWriter<string>(async (batch) => resolve(batch));
      writer.add('alone');
    });
    expect(await written).toEqual(['alone']);
  });

  it('hands the error of writing to whoever adds next, and to close', async () => {
    const writer = new BatchWriter<number>(async () => {
      throw new Error('no room');
    });
    for (let item = 0; item < 1000; item += 1) writer.add(item);
    await expect(writer.ready()).rejects.toThrow('no room');
    await expect(writer.close()).rejects.toThrow('no room');
  });
});
