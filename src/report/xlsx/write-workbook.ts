import type { InventoryRecord } from '../../model/inventory-record.js';
import type { Column, ColumnValue } from '../columns.js';
import { Spool } from '../spool.js';
import type { ZipPart } from '../write-zip.js';
import { FINDING_COLUMNS, listFindingRows } from './finding-columns.js';
import { SHEET_ROWS, type SheetColumn, type SheetRows, writeSheet } from './sheet.js';
import { listWorkbookParts, ROOT_PART, sheetPart } from './workbook-parts.js';

/** Lists the parts of a workbook in the order in which they can be written; each must be read before the next. */
export async function* writeWorkbook(
  records: AsyncIterable<InventoryRecord>,
  columns: readonly Column[],
  now: Date,
  sheetRows: number = SHEET_ROWS,
): AsyncGenerator<ZipPart> {
  const names: string[] = [];
  // The sheet of findings comes after the first, and records are read once.
  const findings = new Spool();
  const iterator = records[Symbol.asyncIterator]();
  const certificates: SheetRows = {
    async next() {
      const { done, value } = await iterator.next();
      if (done) return null;
      for (const row of listFindingRows(value)) await findings.append(`${JSON.stringify(row)}\n`);
      return columns.map((column) => column.value(value, now));
    },
  };
  try {
    yield { name: ROOT_PART.name, chunks: one(ROOT_PART.text) };
    yield* writeSheets('Certificates', columns, certificates, sheetRows, names);
    yield* writeSheets('Findings', FINDING_COLUMNS, readRows(findings), sheetRows, names);
    for (const { name, text } of listWorkbookParts(names)) yield { name, chunks: one(text) };
  } finally {
    await iterator.return?.();
    await findings.close();
  }
}

/** As many sheets as the rows need: `Findings`, `Findings 2` ...; one with a header alone where there are none. */
async function* writeSheets(
  title: string,
  columns: readonly SheetColumn[],
  rows: SheetRows,
  sheetRows: number,
  names: string[],
): AsyncGenerator<ZipPart> {
  let row = await rows.next();
  for (let number = 1; number === 1 || row !== null; number += 1) {
    names.push(number === 1 ? title : `${title} ${number}`);
    yield { name: sheetPart(names.length), chunks: writeSheet(columns, row, rows, sheetRows) };
    row = await rows.next();
  }
}

function readRows(spool: Spool): SheetRows {
  const lines = spool.readLines();
  return {
    async next(): Promise<readonly ColumnValue[] | null> {
      const { done, value } = await lines.next();
      return done ? null : JSON.parse(value);
    },
  };
}

async function* one(text: string): AsyncGenerator<string> {
  yield text;
}
