import type { Change, ChangeSide } from '../model/change.js';
import type { Column, ColumnValue } from './columns.js';

/** One field of a change, for formats made of rows. */
export interface ChangeColumn extends Pick<Column, 'title' | 'type'> {
  value(change: Change): ColumnValue;
}

/** The columns of changes, in the order in which they are written. */
export const CHANGE_COLUMNS: readonly ChangeColumn[] = [
  column('Change', 'text', ({ kind }) => kind),
  column('Cause', 'text', ({ cause }) => cause),
  column('Address', 'text', ({ endpoint }) => endpoint.address),
  column('Port', 'integer', ({ endpoint }) => endpoint.port),
  column('Protocol', 'text', ({ endpoint }) => endpoint.protocol),
  column('Host', 'text', ({ endpoint }) => endpoint.host),
  column('Server Name', 'text', ({ endpoint }) => endpoint.serverName),
  column('Reason', 'text', ({ reason }) => reason),
  column('Finding', 'text', ({ finding }) => finding?.id),
  column('Severity', 'text', ({ finding }) => finding?.severity),
  column('Advice', 'text', ({ finding }) => finding?.advice),
  column('Key Kept', 'text', ({ keyKept }) => keyKept !== null && (keyKept ? 'yes' : 'no')),
  ...ofSide('Before', ({ before }) => before),
  ...ofSide('After', ({ after }) => after),
  column('Owner', 'text', ({ owner }) => owner),
  column('Tags', 'list', ({ tags }) => tags),
];

function column(
  title: string,
  type: Column['type'],
  read: (change: Change) => ColumnValue | undefined | false,
): ChangeColumn {
  return { title, type, value: (change) => read(change) || null };
}

function ofSide(name: string, sideOf: (change: Change) => ChangeSide | null): ChangeColumn[] {
  const read = (title: string, type: Column['type'], value: (side: ChangeSide) => ColumnValue | undefined) =>
    column(`${name}: ${title}`, type, (change) => {
      const side = sideOf(change);
      return side && value(side);
    });
  return [
    read('Observed', 'time', ({ observedAt }) => observedAt),
    read('Outcome', 'text', ({ outcome }) => outcome),
    read('Common Name', 'text', ({ certificate }) => certificate?.commonName),
    read('Subject Alternative Names', 'list', ({ certificate }) => certificate?.subjectAltNames),
    read('Issuer', 'text', ({ certificate }) => certificate?.issuer),
    read('Expires', 'time', ({ certificate }) => certificate?.notAfter),
    read('Fingerprint SHA-256', 'hex', ({ leaf }) => leaf),
    read('Path', 'text', ({ path }) => path),
    read('Grade', 'text', ({ grade }) => grade),
    read('Warnings', 'list', ({ findings }) => findings),
  ];
}
