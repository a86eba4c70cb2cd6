import { DEFAULT_COLUMNS, listParts } from '../columns.js';
import type { ExportFormat } from '../export-format.js';
import { writeZip } from '../write-zip.js';
import { FINDING_PARTS } from '../xlsx/finding-columns.js';
import { writeWorkbook } from '../xlsx/write-workbook.js';

/** An Excel workbook (ECMA-376) with a sheet of certificates and one of findings. */
export const xlsx: ExportFormat = {
  name: 'xlsx',
  title: 'Excel workbook, with sheets of certificates and findings',
  description:
    'For spreadsheets, without the doubts of CSV: dates are dates, numbers are numbers and text is text, which no program runs as a formula. The first sheet has one row per endpoint, the second one row per finding with message and advice; where a sheet is full, another goes on.',
  extension: 'xlsx',
  mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  isBinary: true,
  hasFields: true,
  reads: (columns = DEFAULT_COLUMNS) => new Set([...listParts(columns), ...FINDING_PARTS]),
  write: (records, { now, columns = DEFAULT_COLUMNS }) => writeZip(writeWorkbook(records, columns, now), now),
};
