import { formatEndpoint } from '../../model/endpoint.js';
import type { Status } from '../../model/judgement.js';
import type { ObservationRecord } from '../../model/observation-record.js';
import type { Revocations } from '../../model/revocation.js';
import type { ChainCheck, StoreVerdict } from '../../scan/check-chain.js';
import { listCheckRevocations } from './check-revocations.js';
import { type Field, formatFields } from './fields.js';
import { quotePeer } from './quote-peer.js';
import type { TextStyle, Tone } from './text-style.js';

/** What a status means, as a colour. */
export const STATUS_TONES: Readonly<Record<Status, Tone>> = {
  Expired: 'bad',
  Revoked: 'bad',
  Warning: 'warning',
  Good: 'good',
  'No certificate': 'bad',
};

/** The first lines of a report: which endpoint, how it stands, who trusts it, what was negotiated. */
export function formatCheckHeadline(
  record: ObservationRecord,
  chain: ChainCheck | null,
  style: TextStyle,
  revocations: Revocations = new Map(),
): string[] {
  const { endpoint, greeting, handshake, plaintextAfterGoAhead, status } = record;
  const fields: Field[] = [
    { label: 'Status', text: status, tone: STATUS_TONES[status] },
    ...formatGrade(record),
    ...formatTrust(record, chain),
    ...formatName(chain),
    ...listCheckRevocations(revocations, chain),
  ];
  if (handshake) {
    const { cipherSuite, compression, group, version } = handshake;
    const parts = [version, cipherSuite, group, compression === 'deflate' ? 'compressed' : null];
    fields.push({ label: 'Negotiated', text: parts.filter((part) => part !== null).join(', ') });
  }
  if (endpoint.protocol !== 'tls') fields.push({ label: 'Protocol', text: `${endpoint.protocol}, then TLS` });
  if (greeting !== null) {
    // Who was asked for TLS at once did not greet, but answered.
    fields.push({ label: endpoint.protocol === 'tls' ? 'It says' : 'Greeting', text: quotePeer(greeting) });
  }
  if (plaintextAfterGoAhead !== null) {
    fields.push({
      label: 'Plain text',
      text: `${quotePeer(plaintextAfterGoAhead)} (where TLS should have begun)`,
      tone: 'warning',
    });
  }
  return [style.paint('title', quotePeer(formatEndpoint(endpoint))), ...formatFields(fields, 2, style)];
}

/** The letter, its parts where both are known, and what keeps it from being better. */
function formatGrade({ grade, grades }: ObservationRecord): Field[] {
  if (grades === null) return grade === null ? [] : [{ label: 'Grade', text: grade }];
  const { certificate, configuration, reasons } = grades;
  const parts = `certificate ${certificate ?? 'not graded'}, configuration ${configuration ?? 'not graded'}`;
  return [
    { label: 'Grade', text: `${grade ?? 'none'} (${parts})` },
    ...reasons.map(
      ({ cap, message }): Field => ({
        label: '',
        text: `no better than ${cap}: ${message}`,
        tone: 'faint',
      }),
    ),
  ];
}

/** Who trusts a chain, or why nobody does. */
export function formatTrust({ path }: Pick<ObservationRecord, 'path'>, chain: ChainCheck | null): Field[] {
  if (path.status === 'none') {
    return path.reason === null ? [] : [{ label: 'Trust', text: quotePeer(path.reason), tone: 'bad' }];
  }
  const isTrusted = path.status === 'trusted';
  const by = isTrusted ? ` by ${path.trustStores.join(', ')}` : ` (${path.status})`;
  const why = path.reason === null ? '' : `: ${quotePeer(path.reason)}`;
  const others = (chain?.trustStores ?? []).filter(({ status }) => status !== 'trusted');
  return [
    {
      label: 'Trust',
      text: `${isTrusted ? 'trusted' : 'not trusted'}${by}${why}`,
      tone: isTrusted ? 'good' : 'bad',
    },
    ...(isTrusted ? others.map(formatDoubter) : []),
  ];
}

function formatDoubter({ reason, status, trustStore }: StoreVerdict): Field {
  const why = reason === null ? '' : `: ${quotePeer(reason)}`;
  return { label: '', text: `not by ${trustStore} (${status})${why}`, tone: 'faint' };
}

/** Whether the certificate is for the name asked for, where one is known. */
export function formatName(chain: ChainCheck | null): Field[] {
  if (!chain?.name) return [];
  const { asked, matches } = chain.name;
  return [
    {
      label: 'Name',
      text: `the certificate is ${matches ? '' : 'not '}for ${quotePeer(asked)}`,
      tone: matches ? 'good' : 'bad',
    },
  ];
}
