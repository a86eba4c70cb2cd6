import type { CertificateRecord } from '../model/certificate-record.js';
import { formatEndpoint } from '../model/endpoint.js';
import type { InventoryRecord } from '../model/inventory-record.js';
import { COLUMNS, type Column, type ColumnValue } from './columns.js';

/** One field of a certificate with its spread. */
export interface CertificateColumn extends Pick<Column, 'id' | 'title' | 'type'> {
  value(record: CertificateRecord, now: Date): ColumnValue;
}

/** The columns of records that a certificate alone can fill, with what is said of it. */
const OF_THE_CERTIFICATE = [
  'commonName',
  'expires',
  'issued',
  'issuer',
  'validation',
  'keyType',
  'hash',
  'keyLength',
  'daysLeft',
  'subjectAltNames',
  'serialNumber',
  'fingerprintSha256',
  'subject',
  'signatureAlgorithm',
  'spkiSha256',
  'owner',
  'tags',
  'notes',
  'unused',
];

/** All columns of certificates. */
export const CERTIFICATE_COLUMNS: readonly CertificateColumn[] = [
  ...COLUMNS.filter(({ id }) => OF_THE_CERTIFICATE.includes(id)).map(
    ({ id, title, type, value }): CertificateColumn => ({
      id,
      title,
      type,
      value: (record, now) => value({ ...NOTHING_ELSE, ...record, lastScan: record.lastSeen }, now),
    }),
  ),
  {
    id: 'deployments',
    title: 'Deployments',
    type: 'list',
    value: ({ deployments = [], endpoints }) => {
      const more = endpoints - deployments.length;
      const named = deployments.map(formatEndpoint);
      return more > 0 && named.length > 0 ? [...named, `and ${more} more`] : named;
    },
  },
  { id: 'endpoints', title: 'Endpoints', type: 'integer', value: ({ endpoints }) => endpoints },
  { id: 'firstSeen', title: 'First Seen', type: 'time', value: ({ firstSeen }) => firstSeen },
  { id: 'lastSeen', title: 'Last Seen', type: 'time', value: ({ lastSeen }) => lastSeen },
];

/** Endpoints that are named in one cell: more of them nobody reads, and spreadsheets cut cells at 32,767 characters. */
export const MOST_DEPLOYMENTS = 200;

/** A record of which nothing is known but what is put into it. */
const NOTHING_ELSE: Omit<InventoryRecord, keyof CertificateRecord | 'lastScan'> = {
  run: '',
  observedAt: '',
  endpoint: { host: '', address: null, port: 0, protocol: '', serverName: null },
  outcome: 'tls',
  failure: null,
  greeting: null,
  plaintextAfterGoAhead: null,
  handshake: null,
  path: { status: 'none', trustStores: [], certificates: [], reason: null },
  posture: null,
  findings: [],
  status: 'Good',
  grade: null,
  grades: null,
  state: null,
  stateSince: null,
};
