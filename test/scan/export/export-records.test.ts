import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { InventoryRecord } from '../../../src/model/inventory-record.js';
import { parseQuery } from '../../../src/query/parse-query.js';
import { COLUMNS } from '../../../src/report/columns.js';
import { EXPORT_FORMATS } from '../../../src/report/find-format.js';
import { exportRecords } from '../../../src/scan/export/export-records.js';
import { type Inventory, openInventory } from '../../../src/store/inventory.js';
import type { RecordQuery } from '../../../src/store/record-query.js';
import { RUNS } from '../../store/sample-observation.js';
import { useTemporaryDirectory } from '../../store/temporary-directory.js';
import { makeRichInventory } from './rich-inventory.js';

const inDirectory = useTemporaryDirectory('suite');
const NOW = new Date('2026-11-24T00:00:00.000Z');
const [RUN = ''] = RUNS;

async function collect(chunks: AsyncIterable<string | Uint8Array>): Promise<Buffer> {
  const all: Buffer[] = [];
  for await (const chunk of chunks) all.push(Buffer.from(chunk));
  return Buffer.concat(all);
}

const QUERIES: Readonly<Record<string, RecordQuery>> = {
  everything: {},
  'endpoints without certificates too': { withOutcomes: true },
  'one run': { run: RUN },
  'another order': { sort: [{ by: 'expires', descending: true }, { by: 'status' }] },
  'a few': { limit: 3 },
  'what matches': { matching: { query: parseQuery('warnings = expiring and port < 500'), now: NOW } },
  nothing: { matching: { query: parseQuery('port = 1'), now: NOW } },
};

describe.each([{ withWaivers: false }, { withWaivers: true }])('an export, $withWaivers', (facts) => {
  let inventory: Inventory;
  const path = () => inDirectory(`inventory-${facts.withWaivers}.db`);

  beforeAll(async () => {
    await makeRichInventory(path(), facts);
    inventory = openInventory(path(), { readOnly: true });
  });
  afterAll(() => inventory.close());

  it.each(
    EXPORT_FORMATS.flatMap((format) =>
      Object.keys(QUERIES).map((asked) => ({ format, name: format.name, asked })),
    ),
  )('writes $asked as $name in the words of its records', async ({ asked, format }) => {
    const query = { now: NOW, ...QUERIES[asked] };
    const options = { now: NOW, bom: true };
    const plain = await collect(
      format.write(inventory.records(query), {
        ...options,
        certificateDer: (fingerprint) => inventory.certificateDer(fingerprint),
      }),
    );
    const quick = await collect(exportRecords(inventory, { format, query, options }));
    expect(quick.equals(plain)).toBe(true);
  });

  it('looks at no more of a record than each column names', async () => {
    const whole = await list({});
    for (const column of COLUMNS) {
      const some = await list({ parts: new Set(column.reads) });
      const values = (records: readonly InventoryRecord[]) => records.map((each) => column.value(each, NOW));
      expect(values(some), column.id).toEqual(values(whole));
    }
  });

  async function list(query: RecordQuery): Promise<InventoryRecord[]> {
    const records: InventoryRecord[] = [];
    for await (const batch of inventory.recordBatches({ now: NOW, ...query })) records.push(...batch);
    return records;
  }

  it('stops when it is told to', async () => {
    for (const format of EXPORT_FORMATS) {
      const signal = AbortSignal.abort(new Error('enough'));
      const chunks = exportRecords(inventory, { format, query: { now: NOW }, options: { now: NOW }, signal });
      await expect(collect(chunks), format.name).rejects.toThrow('enough');
    }
  });
});
