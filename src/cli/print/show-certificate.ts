import type { Certificate } from '../../model/certificate.js';
import type { Deployment } from '../../model/deployment.js';
import { formatEndpoint } from '../../model/endpoint.js';
import type { ChainLink } from '../../store/list-chains-with.js';
import { type Annotated, listAnnotationFields } from './annotation-fields.js';
import { listCertificateFields } from './certificate-fields.js';
import { formatFields, formatItem } from './fields.js';
import { quotePeer } from './quote-peer.js';
import { formatTable } from './table.js';
import type { TextStyle } from './text-style.js';

/** A certificate, and where the inventory knows it from. */
export interface CertificateReport extends Annotated {
  readonly fingerprintSha256: string;
  /** Null: it cannot be read, `unreadable` says why. */
  readonly certificate: Certificate | null;
  readonly unreadable: string | null;
  /** UTC ISO-8601; null: no endpoint has presented it, it was fetched. */
  readonly firstSeen: string | null;
  readonly lastSeen: string | null;
  readonly now: DeploymentList;
  /** Endpoints that presented it, and now present another or none. */
  readonly before: DeploymentList;
  readonly chains: { readonly count: number; readonly listed: readonly (readonly ChainLink[])[] };
}

/** Endpoints, the first few of them. */
export interface DeploymentList {
  readonly count: number;
  readonly listed: readonly Deployment[];
}

/** All that there is to say of one certificate. */
export function formatShowCertificate(report: CertificateReport, now: Date, style: TextStyle): string {
  const { before, certificate, chains, fingerprintSha256, firstSeen, lastSeen, unreadable } = report;
  const fields = certificate
    ? listCertificateFields(certificate, now)
    : [
        { label: 'Fault', text: quotePeer(unreadable ?? ''), tone: 'bad' as const },
        { label: 'SHA-256', text: fingerprintSha256 },
      ];
  const seen =
    firstSeen === null || lastSeen === null
      ? [{ label: 'Seen', text: 'never presented; fetched from where another certificate names its issuer' }]
      : [
          { label: 'First seen', text: minute(firstSeen) },
          { label: 'Last seen', text: minute(lastSeen) },
        ];
  const name = certificate?.subject ? quotePeer(certificate.subject) : fingerprintSha256;
  const sections = [
    [
      style.paint('title', name),
      ...formatFields([...fields, ...seen, ...listAnnotationFields(report)], 2, style),
    ],
    formatDeployments('Presented now by', report.now, style),
    formatDeployments('Presented before by', before, style),
    formatChains(chains, fingerprintSha256, style),
  ];
  return sections
    .filter((lines) => lines.length > 0)
    .map((lines) => `${lines.join('\n')}\n`)
    .join('\n');
}

function formatDeployments(title: string, { count, listed }: DeploymentList, style: TextStyle): string[] {
  if (count === 0) return [];
  const rows = listed.map(({ endpoint, firstSeen, lastSeen, place, state }) => [
    formatEndpoint(endpoint),
    place === 1 ? 'leaf' : String(place),
    minute(firstSeen),
    minute(lastSeen),
    state ?? '',
  ]);
  const columns = [
    { title: 'Endpoint', maxWidth: 60 },
    { title: 'Place' },
    { title: 'First Seen' },
    { title: 'Last Seen' },
    { title: 'State' },
  ];
  return [
    style.paint(
      'title',
      `${title} ${count.toLocaleString('en-US')} ${count === 1 ? 'endpoint' : 'endpoints'}`,
    ),
    ...formatTable(columns, rows)
      .split('\n')
      .map((line) => `  ${line}`),
    ...formatMore(count - listed.length),
  ];
}

function formatChains(
  { count, listed }: CertificateReport['chains'],
  fingerprint: string,
  style: TextStyle,
): string[] {
  if (count === 0) return [];
  return [
    style.paint('title', `In ${count.toLocaleString('en-US')} presented ${count === 1 ? 'chain' : 'chains'}`),
    ...listed.flatMap((chain, index) =>
      chain.flatMap(({ fingerprintSha256, subject }, place) => {
        const name = subject ? quotePeer(subject) : fingerprintSha256;
        const mark = fingerprintSha256 === fingerprint ? ' (this one)' : '';
        const head = place === 0 ? `  ${index + 1}. ` : '     ';
        return formatItem(head, `${name}${mark}`, style);
      }),
    ),
    ...formatMore(count - listed.length),
  ];
}

function formatMore(count: number): string[] {
  return count === 0 ? [] : [`  … and ${count.toLocaleString('en-US')} more: --limit shows them`];
}

function minute(time: string): string {
  return time.slice(0, 16).replace('T', ' ');
}
