import type { CertificateRecord } from '../../src/model/certificate-record.js';
import { listOpenFindings, SEVERITIES } from '../../src/model/finding.js';
import type { InventoryRecord } from '../../src/model/inventory-record.js';
import { FIELDS } from '../../src/query/fields.js';
import type { Query, Test, TextPattern } from '../../src/query/query.js';
import { parseSubnet } from '../../src/query/subnet.js';
import { boundsOf } from '../../src/query/time-value.js';
import { CERTIFICATE_COLUMNS } from '../../src/report/certificate-columns.js';
import { COLUMNS, type ColumnValue } from '../../src/report/columns.js';

/** The value of a field; null: unknown. */
export type Reader = (field: string, now: Date) => ColumnValue;

/** Reads the fields of a record as its columns do. */
export function readRecord(record: InventoryRecord): Reader {
  return (field, now) => {
    const { certificate, findings, path } = record;
    if (field === 'path') return path.status;
    if (field === 'trustStores') return path.trustStores;
    if (field === 'severity') {
      const open = new Set(listOpenFindings(findings).map(({ severity }) => severity));
      return SEVERITIES.findLast((severity) => open.has(severity)) ?? null;
    }
    if (field === 'wildcard') return certificate && hasWildcard(certificate);
    return columnOf(COLUMNS, field).value(record, now);
  };
}

/** Reads the fields of a certificate as its columns do. */
export function readCertificate(record: CertificateRecord): Reader {
  return (field, now) =>
    field === 'wildcard'
      ? hasWildcard(record.certificate)
      : columnOf(CERTIFICATE_COLUMNS, field).value(record, now);
}

/** Whether a query holds, worked out without a database. */
export function answerQuery(query: Query, read: Reader, now: Date): boolean {
  switch (query.kind) {
    case 'and':
      return query.of.every((part) => answerQuery(part, read, now));
    case 'or':
      return query.of.some((part) => answerQuery(part, read, now));
    case 'not':
      return !answerQuery(query.of, read, now);
    case 'has': {
      const value = read(query.field, now);
      return Array.isArray(value) ? value.length > 0 : value !== null && !isList(query.field);
    }
    default:
      return answerTest(query, read(query.field, now), now);
  }
}

function answerTest(test: Test, value: ColumnValue, now: Date): boolean {
  const isNegated = test.operator.startsWith('!');
  if (isList(test.field)) {
    const entries = (Array.isArray(value) ? value : []) as readonly string[];
    const forms =
      test.field === 'subjectAltNames' ? entries.flatMap((entry) => [entry, withoutType(entry)]) : entries;
    return isNegated !== forms.some((entry) => answerAny(test, entry, now));
  }
  if (value === null || Array.isArray(value)) return false;
  return isNegated !== answerAny(test, value as string | number, now);
}

/** Whether any value of the test compares as its operator says, which is taken without its negation. */
function answerAny(test: Test, value: string | number, now: Date): boolean {
  switch (test.kind) {
    case 'text':
      return test.values.some((pattern) => fits(String(value), pattern, test.operator.endsWith('~')));
    case 'number':
      return test.values.some((each) => holds(Number(value), test.operator, each, each + 1));
    case 'time':
      return test.values.some((each) => {
        const { from, until } = boundsOf(each, now);
        return holds(Date.parse(String(value)), test.operator, from, until);
      });
    case 'choice': {
      const choices = FIELDS.find(({ id }) => id === test.field)?.choices ?? [];
      const place = choices.indexOf(String(value));
      return test.values.some((each) =>
        holds(place, test.operator, choices.indexOf(each), choices.indexOf(each) + 1),
      );
    }
    case 'address': {
      const bytes = Buffer.from(parseSubnet(String(value).replace(/%.*/, ''))?.first ?? []);
      return test.values.some(
        ({ first, last }) =>
          bytes.length === first.length &&
          Buffer.compare(bytes, Buffer.from(first)) >= 0 &&
          Buffer.compare(bytes, Buffer.from(last)) <= 0,
      );
    }
  }
}

function holds(value: number, operator: Test['operator'], from: number, until: number): boolean {
  if (operator === '<') return value < from;
  if (operator === '<=') return value < until;
  if (operator === '>') return value >= until;
  if (operator === '>=') return value >= from;
  return value >= from && value < until;
}

function fits(value: string, pattern: TextPattern, contains: boolean): boolean {
  const source = pattern.map((part) => fold(part).replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')).join('.*');
  return new RegExp(contains ? source : `^(?:${source})$`, 's').test(fold(value));
}

function fold(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

function withoutType(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

function hasWildcard(certificate: NonNullable<InventoryRecord['certificate']>): string {
  const names = certificate.subjectAltNames;
  const is =
    certificate.commonName?.startsWith('*.') === true || names.some((name) => name.startsWith('DNS:*.'));
  return is ? 'yes' : 'no';
}

function isList(field: string): boolean {
  return FIELDS.find(({ id }) => id === field)?.isList === true;
}

function columnOf<Some extends { readonly id: string }>(columns: readonly Some[], id: string): Some {
  const column = columns.find((each) => each.id === id);
  if (!column) throw new Error(`no column ${id}`);
  return column;
}
