import { describe, expect, it } from 'vitest';
import { UsageError } from '../../src/model/usage-error.js';
import { EXPORT_FORMATS, findFormat } from '../../src/report/find-format.js';
import { selectColumns } from '../../src/report/select-columns.js';
import { collectExport } from './collect-export.js';
import { collectGarbage } from './collect-garbage.js';
import { makeManyRecords } from './many-records.js';
import { readZip } from './read-zip.js';
import { makeRecord, NOW, stream } from './sample-record.js';

/** Some 60 MB of records, if anybody kept them; the interop suite takes ten times as many. */
const RECORDS = 20_000;

/** A run of what is sorted, and buffers. */
const RETAINED_BYTES = 40 * 1024 * 1024;

describe('export formats', () => {
  it('have names and endings of their own', () => {
    expect(new Set(EXPORT_FORMATS.map(({ name }) => name)).size).toBe(EXPORT_FORMATS.length);
    for (const { name, title, mediaType } of EXPORT_FORMATS) {
      expect(name).toMatch(/^[a-z0-9-]+$/);
      expect(title).not.toBe('');
      expect(mediaType).toMatch(/^[a-z]+\/[a-z0-9.+-]+/);
    }
  });

  it.each(EXPORT_FORMATS)('$name writes something for one record and for none', async (format) => {
    const none = await collectExport(format, []);
    const one = await collectExport(format, [makeRecord()]);
    const text = format.extension === 'xlsx' ? [...readZip(one).values()].join() : one.toString('utf8');
    expect(text).toContain('mail.example');
    expect(none.length).toBeLessThan(one.length);
  });

  it.each(EXPORT_FORMATS)('$name says whether it is made of fields', async (format) => {
    const columns = selectColumns('port');
    const chosen = await collectExport(format, [makeRecord()], { columns });
    const all = await collectExport(format, [makeRecord()]);
    expect(chosen.equals(all)).toBe(!format.hasFields);
  });

  it.each(EXPORT_FORMATS)('$name is told what it is for', ({ description }) => {
    expect(description).toMatch(/^(?:For|As) .+\.$/);
  });

  it.each(EXPORT_FORMATS)(
    '$name holds on to little, however many records there are',
    async (format) => {
      collectGarbage();
      const before = process.memoryUsage();
      let most = 0;
      const options = { now: NOW, certificateDer: async () => Buffer.alloc(1000) };
      let bytes = 0;
      for await (const chunk of format.write(stream(makeManyRecords(RECORDS, measure)), options))
        bytes += chunk.length;
      expect(bytes).toBeGreaterThan(1000);
      expect(most).toBeLessThan(RETAINED_BYTES);

      function measure(): void {
        collectGarbage();
        const { heapUsed, external } = process.memoryUsage();
        most = Math.max(most, heapUsed + external - before.heapUsed - before.external);
      }
    },
    60_000,
  );

  it('are found by name in any case', () => {
    expect(findFormat('CSV').name).toBe('csv');
  });

  it('says which there are when there is none of a name', () => {
    expect(() => findFormat('xls')).toThrow(
      new UsageError(
        'there is no format "xls": choose one of cbom, csv, html, ics, json, markdown, ndjson, pem, pem-chain, prometheus, xlsx',
      ),
    );
  });
});
