import { describe, expect, it } from 'vitest';
import type { InventoryRecord } from '../../../src/model/inventory-record.js';
import { xlsx } from '../../../src/report/formats/xlsx.js';
import { selectColumns } from '../../../src/report/select-columns.js';
import { collectExport } from '../collect-export.js';
import { HOSTILE_TEXTS, makeHostileRecord } from '../hostile-record.js';
import { readZip } from '../read-zip.js';
import { makeRecord, makeRefusedRecord } from '../sample-record.js';

/** Reads the cells of a sheet: numbers as numbers, text as text; anything but those two is an error. */
function readSheet(xml: string | undefined): (string | number | null)[][] {
  const data = /<sheetData>(.*)<\/sheetData>/s.exec(xml ?? '')?.[1] ?? '';
  return [...data.matchAll(/<row>(.*?)<\/row>/gs)].map(([, row = '']) => {
    const cell =
      /<c\/>|<c(?: s="\d")?><v>(-?[\d.]+)<\/v><\/c>|<c s="\d" t="inlineStr"><is><t xml:space="preserve">([^<]*)<\/t><\/is><\/c>/gy;
    const cells: (string | number | null)[] = [];
    while (cell.lastIndex < row.length) {
      const match = cell.exec(row);
      if (!match) throw new Error('no cell');
      cells.push(match[1] !== undefined ? Number(match[1]) : (match[2] ?? null));
    }
    return cells;
  });
}

async function readWorkbook(records: Iterable<InventoryRecord>, fields?: string) {
  return readZip(await collectExport(xlsx, records, fields ? { columns: selectColumns(fields) } : {}));
}

describe('workbook', () => {
  it('has a sheet of certificates with dates as dates and numbers as numbers', async () => {
    const files = await readWorkbook(
      [makeRecord(), makeRefusedRecord()],
      'address,port,expires,serial number,warnings',
    );
    expect([...files.keys()][0]).toBe('_rels/.rels');
    const sheet = files.get('xl/worksheets/sheet1.xml');
    expect(readSheet(sheet)).toEqual([
      ['Address', 'Port', 'Expires', 'Serial Number', 'Warnings'],
      ['2001:db8::1', 25, 46_360, '00:0A:1B:2C', 'expiring; no-tls13'],
      ['192.0.2.7', 443, null, null, null],
    ]);
    expect(sheet).toContain('<autoFilter ref="A1:E3"/>');
    expect(sheet).toContain('state="frozen"');
    expect(files.get('xl/workbook.xml')).toContain('<sheet name="Certificates" sheetId="1" r:id="rId1"/>');
  });

  it('has a sheet of findings', async () => {
    const files = await readWorkbook([makeRecord()]);
    const [, first] = readSheet(files.get('xl/worksheets/sheet2.xml'));
    expect(first?.slice(6, 10)).toEqual(['medium', 'expiring', 'certificate expires in 12 days', 'renew it']);
    expect(readSheet(files.get('xl/worksheets/sheet1.xml'))[0]).toHaveLength(26);
  });

  it.each(Object.entries(HOSTILE_TEXTS))('keeps %s in its cell, as text', async (_, text) => {
    const files = await readWorkbook([makeHostileRecord(text)]);
    for (const name of ['xl/worksheets/sheet1.xml', 'xl/worksheets/sheet2.xml']) {
      const xml = files.get(name) ?? '';
      expect(xml).not.toMatch(/<f>|(?!\n)\p{Cc}|[\ufffe\uffff]/u);
      const rows = readSheet(xml);
      expect(rows.length).toBeGreaterThan(1);
      for (const row of rows) {
        expect(row).toHaveLength(rows[0]?.length ?? 0);
        for (const cell of row)
          if (typeof cell === 'string') {
            expect(cell).not.toMatch(/&(?!(?:amp|lt|gt|quot);)|>/);
            expect(cell.replace(/&\w+;/g, 'x').replaceAll('_x005F_', '_').length).toBeLessThanOrEqual(32_767);
          }
      }
    }
  });
});
