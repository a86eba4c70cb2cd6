import { type Endpoint, formatEndpoint } from '../../model/endpoint.js';
import { isAtLeast } from '../../model/finding.js';
import type { MailExchanger } from '../../probe/resolve-mx.js';
import {
  MAIL_STEPS,
  type MailStep,
  type MailStepResult,
  type MailSteps,
} from '../../scan/check-mail-steps.js';
import type { MailPlan } from '../../scan/mail-plan.js';
import { formatCheckFailure } from './check-failure.js';
import { formatFinding } from './check-findings.js';
import type { EndpointReport } from './check-report.js';
import { formatFields, formatItem } from './fields.js';
import { quotePeer } from './quote-peer.js';
import { formatTable } from './table.js';
import type { TextStyle } from './text-style.js';

/** One address of a mail host, checked. */
export interface MailServerReport extends EndpointReport {
  readonly exchanger: MailExchanger;
  readonly steps: MailSteps;
}

/** A domain whose mail servers were checked. */
export interface MailReport {
  readonly plan: MailPlan;
  /** By preference. */
  readonly servers: readonly MailServerReport[];
}

const TITLES: Readonly<Record<MailStep, string>> = {
  connect: 'Connect',
  greeting: 'Greeting',
  ehlo: 'EHLO',
  starttls: 'STARTTLS',
  tls: 'TLS',
  certificate: 'Certificate',
  name: 'Name',
};

/** Writes how far mail would get at each server of a domain, a row each, and then every fault, explained. */
export function formatMailReport({ plan, servers }: MailReport, style: TextStyle): string {
  const sections = [
    [style.paint('title', `Mail for ${quotePeer(plan.domain)}`), ...formatKind(plan, style)],
    plan.exchangers.length === 0 ? [] : [formatRows(plan, servers)],
    ...plan.exchangers.map((exchanger) => formatUnresolved(exchanger, style)),
    ...servers.map((server) => formatFaults(server, style)),
  ];
  const isSound =
    servers.length > 0 && sections.slice(2).every((lines) => lines.length === 0) && plan.omitted === 0;
  if (isSound) sections.push([style.paint('good', 'No faults')]);
  return sections
    .filter((lines) => lines.length > 0)
    .map((lines) => `${lines.join('\n')}\n`)
    .join('\n');
}

function formatKind({ exchangers, failure, kind, omitted }: MailPlan, style: TextStyle): string[] {
  switch (kind) {
    case 'null':
      return ['  takes no mail: its only MX record is the null MX (RFC 7505)'];
    case 'failed':
      return formatItem('  ', `cannot be checked: ${quotePeer(failure?.detail ?? '')}`, style, {
        tone: 'bad',
      });
    case 'implicit':
      return ['  has no MX record, so mail goes to the domain itself (RFC 5321, section 5.1)'];
    default: {
      const hosts = exchangers.length === 1 ? '1 mail host' : `${exchangers.length} mail hosts`;
      const rest = omitted === 0 ? '' : `, and ${omitted} more that are not looked at`;
      return [`  ${hosts} by MX records${rest}`];
    }
  }
}

/** RFC 5321, section 4.5.4.2. */
const MAIL_PORT = 25;

/** The longest host name that leaves room for the rest. */
const MAX_HOST_WIDTH = 30;

function formatRows({ exchangers }: MailPlan, servers: readonly MailServerReport[]): string {
  const rows = exchangers.flatMap((exchanger) => {
    const head = [exchanger.preference === null ? '' : String(exchanger.preference), exchanger.host];
    const own = servers.filter((server) => server.exchanger === exchanger);
    if (own.length === 0)
      return [[...head, '', 'failed: no address', ...Array<string>(MAIL_STEPS.length - 1).fill('-')]];
    return own.map(({ record, steps }) => [
      ...head,
      formatPlace(record.endpoint),
      ...MAIL_STEPS.map((step) => formatStep(steps[step])),
    ]);
  });
  return formatTable(
    [
      { title: 'Pref', align: 'right' },
      { title: 'Host', maxWidth: MAX_HOST_WIDTH },
      { title: 'Address' },
      ...MAIL_STEPS.map((step) => ({ title: TITLES[step] })),
    ],
    rows,
  );
}

/** The port goes without saying where it is that of mail. */
function formatPlace({ address, host, port }: Endpoint): string {
  const place = address ?? host;
  if (port === MAIL_PORT) return place;
  return place.includes(':') ? `[${place}]:${port}` : `${place}:${port}`;
}

function formatStep({ state, word }: MailStepResult): string {
  if (state === 'skipped') return '-';
  if (state === 'failed') return word === null ? 'failed' : `failed: ${word}`;
  return word ?? 'ok';
}

function formatUnresolved({ failure, host, preference }: MailExchanger, style: TextStyle): string[] {
  if (failure === null) return [];
  const advice =
    preference === null
      ? 'Give the domain an MX record, or a null MX (RFC 7505) if it takes no mail.'
      : 'Correct the MX record, or give the host an address.';
  return [
    style.paint('title', quotePeer(host)),
    ...formatFields(
      [
        { label: 'What happened', text: quotePeer(failure.detail), tone: 'bad' },
        { label: 'What to do', text: advice },
      ],
      2,
      style,
    ),
  ];
}

/** The step that failed and every finding that is a fault; nothing for a server without fault. */
function formatFaults({ record }: MailServerReport, style: TextStyle): string[] {
  const lines = [
    ...formatCheckFailure(record, style),
    ...record.findings
      .filter(({ severity }) => isAtLeast(severity, 'low'))
      .flatMap((finding) => formatFinding(finding, style)),
  ];
  if (lines.length === 0) return [];
  return [style.paint('title', quotePeer(formatEndpoint(record.endpoint))), ...lines];
}
