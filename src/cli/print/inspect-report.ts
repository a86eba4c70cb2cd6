import type { Finding } from '../../model/finding.js';
import type { FilePlace, InspectedChain, InspectedObject, Inspection } from '../../scan/inspection.js';
import { formatCheckCertificates } from './check-certificates.js';
import { formatCheckFindings } from './check-findings.js';
import { formatName, formatTrust, STATUS_TONES } from './check-headline.js';
import { formatChainFile, formatCheckPath } from './check-path.js';
import { type Field, formatFields } from './fields.js';
import { quotePeer } from './quote-peer.js';
import type { TextStyle } from './text-style.js';

/** Names of a request that are shown; it may ask for thousands. */
const SHOWN_NAMES = 6;

/** Things in a file that are listed one by one. */
const SHOWN_OBJECTS = 50;

/** Writes all that there is to say of one file. */
export function formatInspectReport(inspection: Inspection, now: Date, style: TextStyle): string {
  const [first, ...others] = inspection.chains;
  const { file, findings } = inspection;
  const asked = inspection.objects.filter(({ kind }) => kind !== 'certificate');
  const sections = [
    formatHeadline(inspection, first, style),
    formatCheckFindings(findings, style),
    ...(first ? explain(first) : []),
    ...others.map((chain) => [
      style.paint('title', 'Another certificate, which is no part of that chain'),
      ...formatFields([...formatTrust(chain, chain.chain)], 2, style),
      ...formatCheckCertificates(
        { ...chain.chain, presented: chain.chain.presented.slice(0, 1), omitted: 0 },
        now,
        style,
      ).slice(1),
    ]),
    inspection.omittedChains === 0 ? [] : [`and ${inspection.omittedChains} certificates more`],
    ...asked.slice(0, SHOWN_OBJECTS).map((object) => formatObject(object, file, style)),
    asked.length <= SHOWN_OBJECTS ? [] : [`and ${asked.length - SHOWN_OBJECTS} things more`],
  ];
  return sections
    .filter((lines) => lines.length > 0)
    .map((lines) => `${lines.join('\n')}\n`)
    .join('\n');

  function explain({ chain, path, findings: own }: InspectedChain): string[][] {
    return [
      formatChainFile(
        chain,
        own.map(({ id }: Finding) => id),
        style,
      ),
      formatCheckCertificates(chain, now, style),
      formatCheckPath(path, chain, style),
    ];
  }
}

function formatHeadline(
  { file, format, objects }: Inspection,
  first: InspectedChain | undefined,
  style: TextStyle,
): string[] {
  const fields: Field[] = [{ label: 'Holds', text: `${countKinds(objects)} (${format})` }];
  if (first) {
    fields.push({ label: 'Status', text: first.status, tone: STATUS_TONES[first.status] });
    if (first.grade !== null) fields.push({ label: 'Grade', text: first.grade });
    fields.push(...formatTrust(first, first.chain), ...formatName(first.chain));
  }
  return [style.paint('title', quotePeer(file)), ...formatFields(fields, 2, style)];
}

const KINDS: Readonly<Record<InspectedObject['kind'], readonly [one: string, many: string]>> = {
  certificate: ['certificate', 'certificates'],
  request: ['signing request', 'signing requests'],
  'private-key': ['private key', 'private keys'],
  other: ['other thing', 'other things'],
  unreadable: ['thing that cannot be read', 'things that cannot be read'],
};

function countKinds(objects: readonly InspectedObject[]): string {
  const counts = new Map<InspectedObject['kind'], number>();
  for (const { kind } of objects) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  const parts = [...counts].map(([kind, count]) => `${count} ${KINDS[kind][count === 1 ? 0 : 1]}`);
  return parts.length === 0 ? 'nothing' : parts.join(', ');
}

function formatObject(object: InspectedObject, file: string, style: TextStyle): string[] {
  const { friendlyName, key, place, reason, request, what } = object;
  const called: Field[] = friendlyName === null ? [] : [{ label: 'Called', text: quotePeer(friendlyName) }];
  const title = (text: string) => style.paint('title', `${text}, at place ${place}`);
  if (request) {
    return [title('Signing request'), ...formatFields([...describeRequest(request), ...called], 2, style)];
  }
  if (key) return [title('Private key'), ...formatFields([...describeKey(key, file), ...called], 2, style)];
  if (reason === null) return [`At place ${place}: ${quotePeer(what ?? '')}`];
  const fault: Field = { label: 'Fault', text: quotePeer(reason), tone: 'bad' };
  return [title(`Cannot be read: ${quotePeer(what ?? '')}`), ...formatFields([fault], 2, style)];
}

function describeRequest(request: NonNullable<InspectedObject['request']>): Field[] {
  const { fingerprintSha256, keyBits, keyType, signature, signatureAlgorithm, subject, subjectAltNames } =
    request;
  const names = subjectAltNames
    .slice(0, SHOWN_NAMES)
    .map((name) => quotePeer(name))
    .join(', ');
  const rest = subjectAltNames.length - SHOWN_NAMES;
  const verified: Field =
    signature === true
      ? { label: 'Self-signature', text: 'verifies', tone: 'good' }
      : signature === false
        ? { label: 'Self-signature', text: 'does not verify', tone: 'bad' }
        : { label: 'Self-signature', text: 'cannot be verified here', tone: 'warning' };
  return [
    { label: 'Subject', text: subject === '' ? '(empty)' : quotePeer(subject) },
    {
      label: 'Names',
      text: names === '' ? '(none asked for)' : `${names}${rest > 0 ? ` and ${rest} more` : ''}`,
    },
    { label: 'Key', text: keyBits === null ? keyType : `${keyType} ${keyBits} bits` },
    { label: 'Signature', text: signatureAlgorithm },
    verified,
    { label: 'SHA-256', text: fingerprintSha256 },
  ];
}

function describeKey(key: NonNullable<InspectedObject['key']>, file: string): Field[] {
  const { keyBits, keyType, locked, matches } = key;
  if (locked) {
    const text = 'locked by a password: give it with --password-file or --password-env';
    return [{ label: 'Key', text, tone: 'warning' }];
  }
  const places = matches.map((match) => nameMatch(match, file));
  return [
    { label: 'Key', text: keyBits === null ? (keyType ?? '') : `${keyType} ${keyBits} bits` },
    places.length > 0
      ? { label: 'Belongs to', text: places.join(', '), tone: 'good' }
      : { label: 'Belongs to', text: 'no certificate or request that was given' },
  ];
}

function nameMatch({ file, place }: FilePlace, own: string): string {
  return file === own ? `place ${place}` : `${quotePeer(file)}, place ${place}`;
}
