import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { UsageError } from '../../src/model/usage-error.js';
import { COLUMNS } from '../../src/report/columns.js';
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

const PAGE = path.join(import.meta.dirname, '../../docs/exports.md');

const INTRODUCTION = `# Exports

\`certsweep export --format <name>\` writes the inventory, one run of it, or what \`--where\` chooses, to standard output or,
whole or not at all, to a file (\`--out\`), which only its owner may read. Endpoints that gave no certificate are left out
unless \`--outcomes\` asks for them.

\`\`\`sh
npx certsweep export --format html --out report.html
npx certsweep export --format xlsx --where 'expires < 30d' --out expiring.xlsx
npx certsweep export --format prometheus --out /var/lib/prometheus/node-exporter/certsweep.prom
npx certsweep export --format csv --fields 'host,port,expires,owner' --sort expires
\`\`\`

Memory hardly grows with the number of endpoints; what has to be sorted, or has to wait for a total, waits in the folder
for temporary files (\`TMPDIR\`). \`csv\`, \`json\` and \`ndjson\` of more than some 20,000 endpoints as they are now are written by two
threads, all of which see the inventory as it was when the export began; rows wait in that folder, too, with up to half a
gigabyte for what is usual, and without room there the export takes longer. What is interrupted (Ctrl-C) leaves the file that
was there as it was. What certificates and servers say is made harmless in every format: no cell runs as a formula,
no name becomes markup, and characters that hide or turn text around are shown as \ufffd. \`json\` and \`ndjson\` alone write
text as it was sent, in the escapes of JSON.

This page is made from the formats themselves: \`npx vitest run test/report/find-format.test.ts -u\` writes it anew.
`;

/** One table of all formats, what each is for, and the fields that can be chosen. */
function formatPage(): string {
  const formats = EXPORT_FORMATS.map(
    ({ name, title, extension, hasFields }) =>
      `| [\`${name}\`](#${name}) | ${title} | \`.${extension}\` | ${hasFields ? 'yes' : 'no'} |`,
  );
  const sections = EXPORT_FORMATS.map(
    ({ name, description, mediaType }) => `## ${name}\n\n${description}\n\nMedia type: \`${mediaType}\`.\n`,
  );
  const fields = COLUMNS.map(
    ({ id, title, type, isDefault }) => `| \`${id}\` | ${title} | ${type} | ${isDefault ? 'yes' : ''} |`,
  );
  return [
    INTRODUCTION,
    '| format | is | file | `--fields` |',
    '|---|---|---|---|',
    ...formats,
    '',
    sections.join('\n'),
    FIELDS,
    '| field | title | type | default |',
    '|---|---|---|---|',
    ...fields,
    '',
  ].join('\n');
}

const FIELDS = `## Fields

\`--fields\` takes these, by name or title, in any order. The default is that of \`csv\` and \`xlsx\`; \`html\` shows fewer, and the
JSON formats write whole observations. Times are UTC; \`hex\` is written in pairs with colons where people read it, and a
list with semicolons.
`;

describe('export formats', () => {
  it('keep their page in the manual up to date', async () => {
    await expect(formatPage()).toMatchFileSnapshot(PAGE);
  });

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
