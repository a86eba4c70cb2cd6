import type { InventoryRecord } from '../../model/inventory-record.js';
import type { RecordPart } from '../../model/record-part.js';
import type { ColumnValue } from '../columns.js';
import type { SheetColumn } from './sheet.js';

/** Columns of the sheet of findings: where, what, and what to do about it. */
export const FINDING_COLUMNS: readonly SheetColumn[] = [
  { title: 'Address', type: 'text' },
  { title: 'Port', type: 'integer' },
  { title: 'Host', type: 'text' },
  { title: 'Protocol', type: 'text' },
  { title: 'Common Name', type: 'text' },
  { title: 'Expires', type: 'time' },
  { title: 'Severity', type: 'text' },
  { title: 'Finding', type: 'text' },
  { title: 'Message', type: 'list' },
  { title: 'Advice', type: 'list' },
  { title: 'Source', type: 'text' },
  { title: 'Accepted Until', type: 'time' },
  { title: 'Accepted By', type: 'text' },
];

/** The parts of a record that they show. */
export const FINDING_PARTS: readonly RecordPart[] = ['certificate', 'findingDetails', 'findings'];

/** The findings of one record as rows of those columns. */
export function listFindingRows(record: InventoryRecord): readonly (readonly ColumnValue[])[] {
  const { endpoint, certificate, findings } = record;
  return findings.map(({ severity, id, message, advice, citation, waived }) => [
    endpoint.address,
    endpoint.port,
    endpoint.host,
    endpoint.protocol,
    certificate?.commonName ?? null,
    certificate?.notAfter ?? null,
    severity,
    id,
    message,
    advice,
    citation,
    waived?.until ?? null,
    waived?.owner ?? null,
  ]);
}
