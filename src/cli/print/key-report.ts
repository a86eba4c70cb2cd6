import { listOpenFindings } from '../../model/finding.js';
import type { ComparedCertificate, KeyReport } from '../../scan/compare-keys.js';
import { formatTable, type TableColumn } from './table.js';

/** Groups, and certificates of each, that are shown: what one can still look through; the JSON has all. */
const MAX_SHOWN_GROUPS = 20;
const MAX_SHOWN_CERTIFICATES = 10;

const COLUMNS: readonly TableColumn[] = [
  { title: 'Group', align: 'right' },
  { title: 'Subject', maxWidth: 48 },
  { title: 'Issuer', maxWidth: 32 },
  { title: 'Valid From' },
  { title: 'Fingerprint' },
];

const WAIVED: TableColumn = { title: 'Waived By', maxWidth: 24 };

/** Formats what comparing keys brought to light: the gravest first, totals and what was not tested last. */
export function formatKeyReport(report: KeyReport): string {
  const { sharedKeys, sharedPrimes, reusedSerials } = report;
  return [
    ...section('RSA keys with a prime in common: their private keys can be computed', sharedPrimes),
    ...section('Different certificates with the same key', sharedKeys),
    ...section(
      'Different certificates with the same issuer and serial number',
      reusedSerials.map((group) => group.map((certificate) => ({ certificate, findings: [] }))),
    ),
    ...formatTotals(report),
    '',
  ].join('\n');
}

function section(title: string, groups: readonly (readonly ComparedCertificate[])[]): string[] {
  if (groups.length === 0) return [];
  const shown = groups.slice(0, MAX_SHOWN_GROUPS);
  const isWaived = shown.flat().some((each) => ownerOf(each) !== '');
  const columns = isWaived ? [...COLUMNS, WAIVED] : COLUMNS;
  const rows = shown
    .flatMap((group, index) => [
      ...group.slice(0, MAX_SHOWN_CERTIFICATES).map((each) => toRow(index + 1, each)),
      ...(group.length > MAX_SHOWN_CERTIFICATES
        ? [[String(index + 1), `… and ${count(group.length - MAX_SHOWN_CERTIFICATES)} more`, '', '', '', '']]
        : []),
    ])
    .map((row) => row.slice(0, columns.length));
  const rest = groups.length - MAX_SHOWN_GROUPS;
  return [
    title,
    '',
    formatTable(columns, rows),
    ...(rest > 0 ? [`… and ${count(rest)} more groups`] : []),
    '',
  ];
}

function formatTotals(report: KeyReport): string[] {
  const { comparedKeys, keys, newKeys, passedOver, sharedKeys, sharedPrimes, reusedSerials } = report;
  const unlisted = [...report.unlisted].sort(([a], [b]) => a - b);
  return [
    `Keys        ${count(keys)} distinct; ${count(comparedKeys)} RSA keys compared with each other, ${count(newKeys)} of them for the first time`,
    `Found       ${count(sharedPrimes.length)} shared primes, ${count(sharedKeys.length)} shared keys, ${count(reusedSerials.length)} reused serial numbers`,
    ...(passedOver > 0 ? [`Passed over ${count(passedOver)} RSA keys that are too long, or no keys`] : []),
    ...(unlisted.length > 0
      ? [
          `Not tested  against Debian's weak keys, as no list is built in: ${unlisted.map(([bits, number]) => `${count(number)} RSA ${bits}`).join(', ')}`,
        ]
      : []),
  ];
}

function toRow(group: number, compared: ComparedCertificate): string[] {
  const { commonName, fingerprintSha256, issuer, notBefore, subject } = compared.certificate;
  const since = notBefore?.slice(0, 10) ?? '';
  return [
    ...[String(group), commonName ?? subject, issuer, since, fingerprintSha256.slice(0, 16)],
    ownerOf(compared),
  ];
}

/** Who accepts all that is wrong with a certificate; empty: somebody does not. */
function ownerOf({ findings }: ComparedCertificate): string {
  const isOpen = listOpenFindings(findings).length > 0;
  return isOpen ? '' : [...new Set(findings.map(({ waived }) => waived?.owner ?? ''))].join(', ');
}

function count(value: number): string {
  return value.toLocaleString('en-US');
}
