import type { TrustStoreEntry } from '../../grade/audit-trust-store.js';
import type { TrustStoreInspection } from '../../scan/inspect-trust-store.js';
import { formatCheckFindings } from './check-findings.js';
import { formatFields } from './fields.js';
import { quotePeer } from './quote-peer.js';
import { formatTable } from './table.js';
import type { TextStyle } from './text-style.js';

/** Columns of a CA's name: enough to know it by. */
const NAME_WIDTH = 48;

/** Writes the audit of a trust store: a row for each CA, then what is wrong. */
export function formatTrustStoreReport(inspection: TrustStoreInspection, style: TextStyle): string {
  const { entries, file, findings, format, others, valid } = inspection;
  const more =
    others === 0 ? '' : `, and ${others} ${others === 1 ? 'thing that is' : 'things that are'} none`;
  const headline = [
    style.paint('title', quotePeer(file)),
    ...formatFields(
      [
        { label: 'Holds', text: `${entries.length} certificates${more} (${format})` },
        {
          label: 'Valid',
          text: `${valid} of ${entries.length}`,
          tone: valid === entries.length ? 'good' : 'warning',
        },
      ],
      2,
      style,
    ),
  ].join('\n');
  const table = formatTable(
    [
      { title: '#', align: 'right' },
      { title: 'VALID' },
      { title: 'NAME', maxWidth: NAME_WIDTH },
      { title: 'EXPIRES' },
      { title: 'KEY' },
      { title: 'FINDINGS' },
    ],
    entries.map(toRow),
  );
  return `${[headline, table, formatCheckFindings(findings, style).join('\n')].join('\n\n')}\n`;
}

function toRow({ certificate, findings, fingerprintSha256, place, valid }: TrustStoreEntry): string[] {
  const name = certificate?.commonName ?? (certificate?.subject || fingerprintSha256);
  const { keyBits = null, keyType = '', notAfter = null } = certificate ?? {};
  return [
    String(place),
    valid ? 'yes' : 'no',
    name,
    notAfter?.slice(0, 10) ?? '',
    keyBits === null ? keyType : `${keyType} ${keyBits}`,
    [...new Set(findings.map(({ id, waived }) => (waived ? `${id} (waived)` : id)))].join('; '),
  ];
}
