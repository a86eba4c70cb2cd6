import { expect, it } from 'vitest';
import { selectColumns } from '../../../src/report/select-columns.js';
import { writeZip } from '../../../src/report/write-zip.js';
import { writeWorkbook } from '../../../src/report/xlsx/write-workbook.js';
import { readZip } from '../read-zip.js';
import { makeRecord, NOW, stream } from '../sample-record.js';

it('goes on in a further sheet where one is full', async () => {
  const records = Array.from({ length: 5 }, (_, port) =>
    makeRecord({ endpoint: { ...makeRecord().endpoint, port } }),
  );
  const chunks: Uint8Array[] = [];
  const parts = writeWorkbook(stream(records), selectColumns('port'), NOW, 3);
  for await (const chunk of writeZip(parts, NOW)) chunks.push(chunk);
  const files = readZip(Buffer.concat(chunks));
  const names = [...(files.get('xl/workbook.xml') ?? '').matchAll(/sheet name="([^"]+)"/g)].map(
    ([, name]) => name,
  );
  expect(names).toEqual([
    'Certificates',
    'Certificates 2',
    'Certificates 3',
    'Findings',
    'Findings 2',
    'Findings 3',
    'Findings 4',
    'Findings 5',
  ]);
  const ports = [1, 2, 3].map((number) =>
    [...(files.get(`xl/worksheets/sheet${number}.xml`) ?? '').matchAll(/<v>(\d+)<\/v>/g)].map(
      ([, port]) => port,
    ),
  );
  expect(ports).toEqual([['0', '1'], ['2', '3'], ['4']]);
  for (const number of [1, 2, 3, 4, 5, 6, 7, 8])
    expect(files.get('[Content_Types].xml')).toContain(`/xl/worksheets/sheet${number}.xml`);
});
