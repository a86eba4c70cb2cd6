import { formatDays } from '../../grade/time.js';
import type { Certificate } from '../../model/certificate.js';
import type { ChainCheck, ChainRole, SentCertificate } from '../../scan/check-chain.js';
import { type Field, formatFields } from './fields.js';
import { quotePeer } from './quote-peer.js';
import type { TextStyle } from './text-style.js';

/** Names that are shown; a certificate may have thousands. */
const SHOWN_NAMES = 6;

const ROLES: Readonly<Record<ChainRole, string>> = {
  leaf: "the server's certificate",
  intermediate: 'intermediate',
  root: 'root',
  stranger: 'no CA certificate: it can certify nobody',
};

/** Each certificate of a presented chain, in sent order. */
export function formatCheckCertificates(chain: ChainCheck, now: Date, style: TextStyle): string[] {
  const lines = [style.paint('title', 'Certificates presented')];
  const inPath = new Set(chain.path.map(({ certificate }) => certificate.fingerprintSha256));
  for (const sent of chain.presented) {
    const twin = chain.presented.find(
      ({ fingerprintSha256 }) => fingerprintSha256 === sent.fingerprintSha256,
    );
    if (twin !== undefined && twin.place < sent.place) {
      lines.push(`  ${sent.place}. the same as ${twin.place}`);
      continue;
    }
    const unused = inPath.has(sent.fingerprintSha256) ? '' : ', not part of the certification path';
    const role = sent.role === null ? 'cannot be read' : ROLES[sent.role];
    lines.push(`  ${sent.place}. ${role}${unused}`, ...formatFields(describe(sent, now), 5, style));
  }
  if (chain.omitted > 0) lines.push(`  and ${chain.omitted} more`);
  return lines;
}

/** What a role is called in a sentence. */
export function nameRole(role: ChainRole): string {
  return role === 'stranger' ? 'no CA' : role;
}

function describe({ certificate, fingerprintSha256, unreadable }: SentCertificate, now: Date): Field[] {
  const fingerprint: Field = { label: 'SHA-256', text: fingerprintSha256 };
  if (certificate === null) {
    return [{ label: 'Fault', text: quotePeer(unreadable ?? ''), tone: 'bad' }, fingerprint];
  }
  const { issuer, keyBits, keyType, serialNumber, signatureAlgorithm, subject, subjectAltNames } =
    certificate;
  return [
    { label: 'Subject', text: subject === '' ? '(empty)' : quotePeer(subject) },
    { label: 'Issuer', text: issuer === '' ? '(empty)' : quotePeer(issuer) },
    ...(subjectAltNames.length === 0 ? [] : [{ label: 'Names', text: formatNames(subjectAltNames) }]),
    { label: 'Serial', text: quotePeer(serialNumber) },
    formatValidity(certificate, now),
    { label: 'Key', text: keyBits === null ? keyType : `${keyType} ${keyBits} bits` },
    { label: 'Signature', text: signatureAlgorithm },
    fingerprint,
  ];
}

function formatNames(names: readonly string[]): string {
  const shown = names
    .slice(0, SHOWN_NAMES)
    .map((name) => quotePeer(name))
    .join(', ');
  const rest = names.length - SHOWN_NAMES;
  return rest > 0 ? `${shown} and ${rest.toLocaleString('en-US')} more` : shown;
}

function formatValidity({ notAfter, notBefore }: Certificate, now: Date): Field {
  const from = notBefore?.slice(0, 10) ?? 'a time that cannot be read';
  const to = notAfter?.slice(0, 10) ?? 'a time that cannot be read';
  const label = 'Validity';
  const span = `${from} to ${to}`;
  if (notBefore !== null && Date.parse(notBefore) > now.getTime()) {
    return { label, text: `${span}, not valid yet`, tone: 'bad' };
  }
  if (notAfter === null) return { label, text: span, tone: 'bad' };
  const left = Date.parse(notAfter) - now.getTime();
  if (left < 0) return { label, text: `${span}, expired ${formatDays(-left)} ago`, tone: 'bad' };
  return { label, text: `${span}, ${formatDays(left)} left` };
}
