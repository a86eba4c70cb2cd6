import { listOpenFindings } from '../model/finding.js';
import { hashOfSignature } from '../model/hash-of-signature.js';
import type { InventoryRecord } from '../model/inventory-record.js';
import { describePath } from './describe-path.js';

/** A value as it is; null: unknown. */
export type ColumnValue = string | number | readonly string[] | null;

/** One field of a record, for formats made of rows. */
export interface Column {
  /** What users call it, in the spelling of the JSON formats. */
  readonly id: string;
  readonly title: string;
  /** `time` is UTC ISO-8601, `hex` lower-case hex, `list` several texts. */
  readonly type: 'text' | 'integer' | 'time' | 'hex' | 'list';
  /** Written when nobody chooses. */
  readonly isDefault: boolean;
  value(record: InventoryRecord, now: Date): ColumnValue;
}

const MS_PER_DAY = 86_400_000;

/** All columns; the default ones come first, in the order in which they are written. */
export const COLUMNS: readonly Column[] = [
  column('address', 'Address', 'text', ({ endpoint }) => endpoint.address),
  column('port', 'Port', 'integer', ({ endpoint }) => endpoint.port),
  column('commonName', 'Common Name', 'text', ({ certificate }) => certificate?.commonName),
  column('status', 'Status', 'text', ({ status }) => status),
  column('expires', 'Expires', 'time', ({ certificate }) => certificate?.notAfter),
  column('issued', 'Issued', 'time', ({ certificate }) => certificate?.notBefore),
  column('issuer', 'Issuer', 'text', ({ certificate }) => certificate?.issuer),
  column('validation', 'Validation', 'text', ({ certificate }) => certificate?.validation),
  column('keyType', 'Key Type', 'text', ({ certificate }) => certificate?.keyType),
  column('hash', 'Hash', 'text', ({ certificate }) =>
    certificate ? hashOfSignature(certificate.signatureAlgorithm) : null,
  ),
  column('keyLength', 'Key Length', 'integer', ({ certificate }) => certificate?.keyBits),
  column('warnings', 'Warnings', 'list', ({ findings }) => [
    ...new Set(listOpenFindings(findings).map(({ id }) => id)),
  ]),
  column('lastScan', 'Last Scan', 'time', ({ lastScan }) => lastScan),
  column('host', 'Host', 'text', ({ endpoint }) => endpoint.host),
  column('serverName', 'Server Name', 'text', ({ endpoint }) => endpoint.serverName),
  column('protocol', 'Protocol', 'text', ({ endpoint }) => endpoint.protocol),
  column('grade', 'Grade', 'text', ({ grade }) => grade),
  column('daysLeft', 'Days Left', 'integer', ({ certificate }, now) =>
    certificate?.notAfter ? daysBetween(now, certificate.notAfter) : null,
  ),
  column(
    'subjectAltNames',
    'Subject Alternative Names',
    'list',
    ({ certificate }) => certificate?.subjectAltNames,
  ),
  column('serialNumber', 'Serial Number', 'hex', ({ certificate }) => certificate?.serialNumber),
  column(
    'fingerprintSha256',
    'Fingerprint SHA-256',
    'hex',
    ({ certificate }) => certificate?.fingerprintSha256,
  ),
  column('path', 'Path', 'text', ({ path }) => describePath(path)),
  column('tlsVersion', 'TLS Version', 'text', ({ handshake }) => handshake?.version),
  column('firstSeen', 'First Seen', 'time', ({ firstSeen }) => firstSeen),
  column('owner', 'Owner', 'text', ({ owner }) => owner),
  column('tags', 'Tags', 'list', ({ tags }) => tags),
  onRequest('notes', 'Notes', 'text', ({ notes }) => notes),
  onRequest('unused', 'Unused', 'text', ({ unused }) => (unused ? 'yes' : 'no')),
  onRequest('state', 'State', 'text', ({ state }) => state),
  onRequest('stateSince', 'State Since', 'time', ({ stateSince }) => stateSince),
  onRequest('lastSeen', 'Last Seen', 'time', ({ lastSeen }) => lastSeen),
  onRequest('outcome', 'Outcome', 'text', ({ outcome }) => outcome),
  onRequest('failure', 'Failure', 'text', ({ failure }) => failure?.detail),
  onRequest('greeting', 'Greeting', 'text', ({ greeting }) => greeting),
  onRequest(
    'plaintextAfterGoAhead',
    'Plaintext After Go-Ahead',
    'text',
    ({ plaintextAfterGoAhead }) => plaintextAfterGoAhead,
  ),
  onRequest('subject', 'Subject', 'text', ({ certificate }) => certificate?.subject),
  onRequest(
    'signatureAlgorithm',
    'Signature Algorithm',
    'text',
    ({ certificate }) => certificate?.signatureAlgorithm,
  ),
  onRequest('spkiSha256', 'Public Key SHA-256', 'hex', ({ certificate }) => certificate?.spkiSha256),
  onRequest('cipherSuite', 'Cipher Suite', 'text', ({ handshake }) => handshake?.cipherSuite),
  onRequest('group', 'Key Exchange Group', 'text', ({ handshake }) => handshake?.group),
  onRequest('compression', 'Compression', 'text', ({ handshake }) => handshake?.compression),
  onRequest('stapledOcsp', 'Stapled OCSP', 'text', ({ handshake }) => handshake?.stapledOcsp),
  onRequest('presentedChain', 'Presented Chain', 'list', ({ handshake }) => handshake?.presentedChain),
  onRequest('pathReason', 'Path Reason', 'text', ({ path }) => path.reason),
  onRequest('messages', 'Messages', 'list', ({ findings }) => findings.map(({ message }) => message)),
  onRequest('advice', 'Advice', 'list', ({ findings }) => [...new Set(findings.map(({ advice }) => advice))]),
  onRequest('waived', 'Waived', 'list', ({ findings }) => [
    ...new Set(findings.filter(({ waived }) => waived).map(({ id }) => id)),
  ]),
  onRequest('certificateGrade', 'Certificate Grade', 'text', ({ grades }) => grades?.certificate),
  onRequest('configurationGrade', 'Configuration Grade', 'text', ({ grades }) => grades?.configuration),
  onRequest('gradeReasons', 'Grade Reasons', 'list', ({ grades }) =>
    grades?.reasons.map(({ cap, message }) => `${cap}: ${message}`),
  ),
  onRequest('run', 'Run', 'text', ({ run }) => run),
];

/** The columns that are written when nobody chooses, in that order. */
export const DEFAULT_COLUMNS: readonly Column[] = COLUMNS.filter(({ isDefault }) => isDefault);

type Read = (record: InventoryRecord, now: Date) => ColumnValue | undefined;

function column(id: string, title: string, type: Column['type'], read: Read): Column {
  return { id, title, type, isDefault: true, value: (record, now) => read(record, now) ?? null };
}

function onRequest(id: string, title: string, type: Column['type'], read: Read): Column {
  return { ...column(id, title, type, read), isDefault: false };
}

/** Whole days, rounded down: 0 on the last day, negative once it is past. */
function daysBetween(now: Date, end: string): number | null {
  const days = Math.floor((Date.parse(end) - now.getTime()) / MS_PER_DAY);
  return Number.isNaN(days) ? null : days;
}
