import { readFileSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_COLUMNS } from '../../../src/report/columns.js';
import { csv } from '../../../src/report/formats/csv.js';
import { xlsx } from '../../../src/report/formats/xlsx.js';
import { makeTemporaryFolder, type TemporaryFolder } from '../../fixtures/temporary-folder.js';
import { collectExport } from '../../report/collect-export.js';
import { HOSTILE_TEXTS, makeHostileRecord } from '../../report/hostile-record.js';
import { makeRecord } from '../../report/sample-record.js';
import { runTool } from '../agreement/run-tool.js';
import { type FlatCell, readFlatSheets } from './flat-sheets.js';
import { findReportProgram, REPORT_PROGRAMS } from './report-programs.js';

const soffice = findReportProgram(REPORT_PROGRAMS.soffice);

/** Comma, quotes, UTF-8, from the first line on, and numbers and dates recognised: what a careless import does. */
const CSV_IMPORT = '--infilter=Text - txt - csv (StarCalc):44,34,76,1,,0,false,true';

/** LibreOffice takes half a minute for its first start on a busy machine. */
const TIMEOUT_MS = 150_000;

let folder: TemporaryFolder;
beforeAll(async () => {
  folder = await makeTemporaryFolder();
});
afterAll(() => folder.remove());

const RECORDS = [makeRecord(), ...Object.values(HOSTILE_TEXTS).map(makeHostileRecord)];

/** Opens a file as a user of LibreOffice would, and tells what is in its cells. */
async function open(name: string, bytes: Buffer, ...options: readonly string[]) {
  const file = folder.file(name);
  writeFileSync(file, bytes);
  const profile = `-env:UserInstallation=${pathToFileURL(folder.file('profile'))}`;
  const output = ['--convert-to', 'fods', '--outdir', folder.path, file];
  await runTool(soffice.file, [profile, '--headless', ...options, ...output]);
  return readFlatSheets(readFileSync(file.replace(/\.\w+$/, '.fods'), 'utf8'));
}

/** Columns whose cells have a type other than text, by the type that they must have. */
function expectTypes(row: readonly FlatCell[] | undefined): void {
  const types = DEFAULT_COLUMNS.map(
    ({ type }) => ({ integer: 'float', time: 'date' })[String(type)] ?? 'string',
  );
  for (const [i, cell] of row?.entries() ?? []) if (cell.type !== null) expect(cell.type).toBe(types[i]);
}

describe.skipIf(soffice.isSkipped)(`LibreOffice (${soffice.remark})`, () => {
  it(
    'opens a workbook: dates are dates, numbers are numbers, and nothing runs',
    async () => {
      const sheets = await open('workbook.xlsx', await collectExport(xlsx, RECORDS));
      expect([...sheets.keys()]).toEqual(['Certificates', 'Findings']);
      const [header, first] = sheets.get('Certificates') ?? [];
      expect(header?.map(({ value }) => value)).toEqual(DEFAULT_COLUMNS.map(({ title }) => title));
      expect(first?.slice(0, 6).map(({ value }) => value)).toEqual([
        '2001:db8::1',
        '25',
        'mail.example',
        'Warning',
        '2026-12-04',
        '2026-09-01',
      ]);
      expect(sheets.get('Certificates')).toHaveLength(1 + RECORDS.length);
      expect(sheets.get('Findings')).toHaveLength(1 + 2 * RECORDS.length);
      for (const row of sheets.get('Certificates')?.slice(1) ?? []) expectTypes(row);
      const formulas = sheets.get('Certificates')?.[2];
      expect(formulas?.[2]).toMatchObject({ type: 'string', value: HOSTILE_TEXTS.formula });
      for (const rows of sheets.values())
        for (const cell of rows.flat())
          expect([cell.isFormula, cell.value.length > 32_767]).toEqual([false, false]);
    },
    TIMEOUT_MS,
  );

  it(
    'opens CSV: dates are dates, serial numbers stay text, and nothing runs',
    async () => {
      const sheets = await open('table.csv', await collectExport(csv, RECORDS), CSV_IMPORT);
      const [header, first, ...others] = sheets.get('table') ?? [];
      expect(header?.map(({ value }) => value)).toEqual(DEFAULT_COLUMNS.map(({ title }) => title));
      expect(others).toHaveLength(RECORDS.length - 1);
      for (const row of [first, ...others]) expectTypes(row);
      const serial = DEFAULT_COLUMNS.findIndex(({ id }) => id === 'serialNumber');
      expect(first?.[serial]).toMatchObject({ type: 'string', value: '00:0A:1B:2C' });
      expect(others.flat().some(({ isFormula }) => isFormula)).toBe(false);
    },
    TIMEOUT_MS,
  );
});
