import { expect, it } from 'vitest';
import { EXPORT_FORMATS } from '../../../src/report/find-format.js';
import { collectGarbage } from '../../report/collect-garbage.js';
import { makeManyRecords } from '../../report/many-records.js';
import { NOW, stream } from '../../report/sample-record.js';

/** Half a gigabyte, if anybody kept them. */
const RECORDS = 200_000;

/** A run of what is sorted, buffers, and up to 64 bytes for each distinct thing that is to be written once. */
const RETAINED_BYTES = 64 * 1024 * 1024;

it.each(EXPORT_FORMATS)(
  '$name holds on to little of 200,000 records',
  async (format) => {
    collectGarbage();
    const before = process.memoryUsage();
    let most = 0;
    const measure = (): void => {
      collectGarbage();
      const { heapUsed, arrayBuffers } = process.memoryUsage();
      most = Math.max(most, heapUsed + arrayBuffers - before.heapUsed - before.arrayBuffers);
    };
    const options = { now: NOW, certificateDer: async () => Buffer.alloc(1000) };
    let chunks = 0;
    for await (const chunk of format.write(stream(makeManyRecords(RECORDS, measure)), options))
      chunks += chunk.length > 0 ? 1 : 0;
    measure();
    expect(chunks).toBeGreaterThan(0);
    expect(most).toBeLessThan(RETAINED_BYTES);
  },
  180_000,
);
