import { listOpenFindings } from '../model/finding.js';
import { hashOfSignature } from '../model/hash-of-signature.js';
import type { InventoryRecord } from '../model/inventory-record.js';
import type { RecordPart } from '../model/record-part.js';
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
  /** The parts of a record that it looks at. */
  readonly reads: readonly RecordPart[];
  value(record: InventoryRecord, now: Date): ColumnValue;
}

const MS_PER_DAY = 86_400_000;

/** All columns; the default ones come first, in the order in which they are written. */
export const COLUMNS: readonly Column[] = [
  column('address', 'Address', 'text', ({ endpoint }) => endpoint.address),
  column('port', 'Port', 'integer', ({ endpoint }) => endpoint.port),
  column('commonName', 'Common Name', 'text', ({ certificate }) => certificate?.commonName, 'certificate'),
  column('status', 'Status', 'text', ({ status }) => status),
  column('expires', 'Expires', 'time', ({ certificate }) => certificate?.notAfter, 'certificate'),
  column('issued', 'Issued', 'time', ({ certificate }) => certificate?.notBefore, 'certificate'),
  column('issuer', 'Issuer', 'text', ({ certificate }) => certificate?.issuer, 'certificate'),
  column('validation', 'Validation', 'text', ({ certificate }) => certificate?.validation, 'certificate'),
  column('keyType', 'Key Type', 'text', ({ certificate }) => certificate?.keyType, 'certificate'),
  column(
    'hash',
    'Hash',
    'text',
    ({ certificate }) => (certificate ? hashOfSignature(certificate.signatureAlgorithm) : null),
    'certificate',
  ),
  column('keyLength', 'Key Length', 'integer', ({ certificate }) => certificate?.keyBits, 'certificate'),
  column(
    'warnings',
    'Warnings',
    'list',
    ({ findings }) => [...new Set(listOpenFindings(findings).map(({ id }) => id))],
    'findings',
  ),
  column('lastScan', 'Last Scan', 'time', ({ lastScan }) => lastScan),
  column('host', 'Host', 'text', ({ endpoint }) => endpoint.host),
  column('serverName', 'Server Name', 'text', ({ endpoint }) => endpoint.serverName),
  column('protocol', 'Protocol', 'text', ({ endpoint }) => endpoint.protocol),
  column('grade', 'Grade', 'text', ({ grade }) => grade),
  column(
    'daysLeft',
    'Days Left',
    'integer',
    ({ certificate }, now) => (certificate?.notAfter ? daysBetween(now, certificate.notAfter) : null),
    'certificate',
  ),
  column(
    'subjectAltNames',
    'Subject Alternative Names',
    'list',
    ({ certificate }) => certificate?.subjectAltNames,
    'certificate',
  ),
  column(
    'serialNumber',
    'Serial Number',
    'hex',
    ({ certificate }) => certificate?.serialNumber,
    'certificate',
  ),
  column(
    'fingerprintSha256',
    'Fingerprint SHA-256',
    'hex',
    ({ certificate }) => certificate?.fingerprintSha256,
    'certificate',
  ),
  column('path', 'Path', 'text', ({ path }) => describePath(path), 'path'),
  column('tlsVersion', 'TLS Version', 'text', ({ handshake }) => handshake?.version, 'handshake'),
  column('firstSeen', 'First Seen', 'time', ({ firstSeen }) => firstSeen),
  column('owner', 'Owner', 'text', ({ owner }) => owner, 'annotation'),
  column('tags', 'Tags', 'list', ({ tags }) => tags, 'annotation'),
  onRequest('notes', 'Notes', 'text', ({ notes }) => notes, 'annotation'),
  onRequest('unused', 'Unused', 'text', ({ unused }) => (unused ? 'yes' : 'no'), 'annotation'),
  onRequest('state', 'State', 'text', ({ state }) => state),
  onRequest('stateSince', 'State Since', 'time', ({ stateSince }) => stateSince),
  onRequest('lastSeen', 'Last Seen', 'time', ({ lastSeen }) => lastSeen),
  onRequest('outcome', 'Outcome', 'text', ({ outcome }) => outcome, 'outcome'),
  onRequest('failure', 'Failure', 'text', ({ failure }) => failure?.detail, 'outcome'),
  onRequest('greeting', 'Greeting', 'text', ({ greeting }) => greeting, 'plainTalk'),
  onRequest(
    'plaintextAfterGoAhead',
    'Plaintext After Go-Ahead',
    'text',
    ({ plaintextAfterGoAhead }) => plaintextAfterGoAhead,
    'plainTalk',
  ),
  onRequest(
    'subject',
    'Subject',
    'text',
    ({ certificate }) => certificate?.subject,
    'certificate',
    'certificateDetails',
  ),
  onRequest(
    'signatureAlgorithm',
    'Signature Algorithm',
    'text',
    ({ certificate }) => certificate?.signatureAlgorithm,
    'certificate',
  ),
  onRequest(
    'spkiSha256',
    'Public Key SHA-256',
    'hex',
    ({ certificate }) => certificate?.spkiSha256,
    'certificate',
    'certificateDetails',
  ),
  onRequest('cipherSuite', 'Cipher Suite', 'text', ({ handshake }) => handshake?.cipherSuite, 'handshake'),
  onRequest('group', 'Key Exchange Group', 'text', ({ handshake }) => handshake?.group, 'handshake'),
  onRequest('compression', 'Compression', 'text', ({ handshake }) => handshake?.compression, 'handshake'),
  onRequest('stapledOcsp', 'Stapled OCSP', 'text', ({ handshake }) => handshake?.stapledOcsp, 'handshake'),
  onRequest(
    'presentedChain',
    'Presented Chain',
    'list',
    ({ handshake }) => handshake?.presentedChain,
    'handshake',
    'chain',
  ),
  onRequest('pathReason', 'Path Reason', 'text', ({ path }) => path.reason, 'path'),
  onRequest(
    'messages',
    'Messages',
    'list',
    ({ findings }) => findings.map(({ message }) => message),
    'findingDetails',
  ),
  onRequest(
    'advice',
    'Advice',
    'list',
    ({ findings }) => [...new Set(findings.map(({ advice }) => advice))],
    'findingDetails',
  ),
  onRequest(
    'waived',
    'Waived',
    'list',
    ({ findings }) => [...new Set(findings.filter(({ waived }) => waived).map(({ id }) => id))],
    'findings',
  ),
  onRequest('certificateGrade', 'Certificate Grade', 'text', ({ grades }) => grades?.certificate, 'grades'),
  onRequest(
    'configurationGrade',
    'Configuration Grade',
    'text',
    ({ grades }) => grades?.configuration,
    'grades',
  ),
  onRequest(
    'gradeReasons',
    'Grade Reasons',
    'list',
    ({ grades }) => grades?.reasons.map(({ cap, message }) => `${cap}: ${message}`),
    'grades',
  ),
  onRequest('run', 'Run', 'text', ({ run }) => run, 'run'),
];

/** The parts of records that some columns look at. */
export function listParts(columns: readonly Column[]): ReadonlySet<RecordPart> {
  return new Set(columns.flatMap(({ reads }) => reads));
}

/** The columns that are written when nobody chooses, in that order. */
export const DEFAULT_COLUMNS: readonly Column[] = COLUMNS.filter(({ isDefault }) => isDefault);

type Read = (record: InventoryRecord, now: Date) => ColumnValue | undefined;

function column(
  id: string,
  title: string,
  type: Column['type'],
  read: Read,
  ...reads: readonly RecordPart[]
): Column {
  return { id, title, type, isDefault: true, reads, value: (record, now) => read(record, now) ?? null };
}

function onRequest(
  id: string,
  title: string,
  type: Column['type'],
  read: Read,
  ...reads: readonly RecordPart[]
): Column {
  return { ...column(id, title, type, read, ...reads), isDefault: false };
}

/** Whole days, rounded down: 0 on the last day, negative once it is past. */
function daysBetween(now: Date, end: string): number | null {
  const days = Math.floor((Date.parse(end) - now.getTime()) / MS_PER_DAY);
  return Number.isNaN(days) ? null : days;
}
