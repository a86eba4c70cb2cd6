import type { InventoryRecord } from '../../src/model/inventory-record.js';
import { makeRecord } from './sample-record.js';

/** Records between two measurements. */
const MEASURE_EVERY = 5000;

/** Records of distinct endpoints with distinct certificates, none of which is kept here. */
export function* makeManyRecords(count: number, measure: () => void): Generator<InventoryRecord> {
  for (let i = 0; i < count; i += 1) {
    const { certificate, endpoint, ...record } = makeRecord();
    // The multiplier is odd, so that no two are alike, and the order is not that of the hashes.
    const hash = (Math.imul(i, 2_654_435_761) >>> 0).toString(16).padStart(8, '0').repeat(8);
    yield {
      ...record,
      endpoint: { ...endpoint, host: `host${i}.example`, serverName: `host${i}.example` },
      certificate: certificate && { ...certificate, fingerprintSha256: hash, spkiSha256: hash },
    };
    if (i % MEASURE_EVERY === 0) measure();
  }
}
