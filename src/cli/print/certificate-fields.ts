import type { Certificate } from '../../model/certificate.js';
import { formatDays } from '../../model/time.js';
import type { Field } from './fields.js';
import { quotePeer } from './quote-peer.js';

/** Names that are shown; a certificate may have thousands. */
const SHOWN_NAMES = 6;

/** What is to be said of a certificate by itself. */
export function listCertificateFields(certificate: Certificate, now: Date): Field[] {
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
    { label: 'SHA-256', text: certificate.fingerprintSha256 },
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
