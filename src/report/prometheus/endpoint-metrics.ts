import type { Certificate } from '../../model/certificate.js';
import type { InventoryRecord } from '../../model/inventory-record.js';
import { readNameAttribute } from '../name-attribute.js';
import { formatSample } from './sample.js';

/** Names of one kind shown in one label: the rest would be cut in the middle. */
const NAMES_SHOWN = 20;

/** RFC 5280, section 4.1.2.2, allows 20 octets; longer ones are shown as they are, for counting takes long. */
const SERIAL_DIGITS = 40;

/** One metric with a sample for each endpoint that has it. */
export interface EndpointMetric {
  readonly name: string;
  readonly help: string;
  /** The sample's own labels and its value; null: this endpoint has none. */
  read(
    record: InventoryRecord,
    now: Date,
  ): { readonly labels: Readonly<Record<string, string | null>>; readonly value: number } | null;
}

/** All metrics of endpoints. Those that begin with `x509_` and `ssl_` are named and labelled as exporters do. */
export const ENDPOINT_METRICS: readonly EndpointMetric[] = [
  {
    name: 'certsweep_endpoint_info',
    help: 'Status and grade of an endpoint, always 1.',
    read: ({ status, grade }) => ({ labels: { status, grade }, value: 1 }),
  },
  {
    name: 'ssl_cert_not_after',
    help: 'When the certificate expires, in seconds since 1970, as ssl_exporter names it.',
    read: whereUsed(ofCertificate(labelLikeSslExporter, ({ notAfter }) => secondsOf(notAfter))),
  },
  {
    name: 'ssl_cert_not_before',
    help: 'When the certificate begins to be valid, in seconds since 1970, as ssl_exporter names it.',
    read: ofCertificate(labelLikeSslExporter, ({ notBefore }) => secondsOf(notBefore)),
  },
  {
    name: 'ssl_probe_success',
    help: 'Whether a certificate was found, as ssl_exporter names it.',
    read: ({ outcome }) => ({ labels: {}, value: outcome === 'tls' ? 1 : 0 }),
  },
  {
    name: 'ssl_tls_version_info',
    help: 'The TLS version that was negotiated, always 1, as ssl_exporter names it.',
    read: ({ handshake }) => handshake && { labels: { version: nameVersion(handshake.version) }, value: 1 },
  },
  {
    name: 'x509_cert_expired',
    help: 'Whether the certificate had expired when this was written, as x509-certificate-exporter names it.',
    read: whereUsed(
      ofCertificate(labelLikeX509Exporter, ({ notAfter }, now) =>
        notAfter === null || Number.isNaN(Date.parse(notAfter))
          ? null
          : Number(Date.parse(notAfter) < now.getTime()),
      ),
    ),
  },
  {
    name: 'x509_cert_not_after',
    help: 'When the certificate expires, in seconds since 1970, as x509-certificate-exporter names it.',
    read: whereUsed(ofCertificate(labelLikeX509Exporter, ({ notAfter }) => secondsOf(notAfter))),
  },
  {
    name: 'x509_cert_not_before',
    help: 'When the certificate begins to be valid, in seconds since 1970, as x509-certificate-exporter names it.',
    read: ofCertificate(labelLikeX509Exporter, ({ notBefore }) => secondsOf(notBefore)),
  },
];

/** Writes the sample of a metric for one record, with the labels that tell its endpoint; empty: it has none. */
export function formatEndpointSample(metric: EndpointMetric, record: InventoryRecord, now: Date): string {
  const sample = metric.read(record, now);
  if (!sample) return '';
  const { host, address, port, protocol, serverName } = record.endpoint;
  const place = { host, address, port: String(port), protocol, server_name: serverName };
  return formatSample(metric.name, { ...place, ...sample.labels }, sample.value);
}

function ofCertificate(
  label: (certificate: Certificate) => Readonly<Record<string, string | null>>,
  read: (certificate: Certificate, now: Date) => number | null,
): EndpointMetric['read'] {
  return ({ certificate }, now) => {
    const value = certificate && read(certificate, now);
    return certificate && value !== null ? { labels: label(certificate), value } : null;
  };
}

/** Of what nobody uses nobody is to be alerted when it expires. */
function whereUsed(read: EndpointMetric['read']): EndpointMetric['read'] {
  return (record, now) => (record.unused ? null : read(record, now));
}

function labelLikeX509Exporter({ serialNumber, subject, issuer }: Certificate) {
  return {
    serial_number: formatSerial(serialNumber),
    subject_CN: readNameAttribute(subject, 'CN'),
    subject_O: readNameAttribute(subject, 'O'),
    issuer_CN: readNameAttribute(issuer, 'CN'),
    issuer_O: readNameAttribute(issuer, 'O'),
  };
}

function labelLikeSslExporter({ serialNumber, subject, issuer, subjectAltNames }: Certificate) {
  return {
    serial_no: formatSerial(serialNumber),
    issuer_cn: readNameAttribute(issuer, 'CN'),
    cn: readNameAttribute(subject, 'CN'),
    dnsnames: joinNames(subjectAltNames, 'DNS:'),
    ips: joinNames(subjectAltNames, 'IP:'),
    emails: joinNames(subjectAltNames, 'email:'),
    ou: joinNames([readNameAttribute(subject, 'OU') ?? ''], ''),
  };
}

/** `,a.example,b.example,`: commas around each name, so that a query can ask for a whole one. */
function joinNames(names: readonly string[], kind: string): string | null {
  const found = names.filter((name) => name.startsWith(kind) && name.length > kind.length);
  if (found.length === 0) return null;
  const shown = found.slice(0, NAMES_SHOWN).map((name) => name.slice(kind.length));
  return `,${shown.join(',')},`;
}

function formatSerial(serialNumber: string): string {
  return /^[0-9a-f]+$/i.test(serialNumber) && serialNumber.length <= SERIAL_DIGITS
    ? BigInt(`0x${serialNumber}`).toString()
    : serialNumber;
}

function secondsOf(time: string | null): number | null {
  const milliseconds = time === null ? Number.NaN : Date.parse(time);
  return Number.isNaN(milliseconds) ? null : Math.floor(milliseconds / 1000);
}

/** `TLS 1.2`, as exporters write `TLSv1.2`. */
function nameVersion(version: string): string {
  return version === 'TLSv1' ? 'TLS 1.0' : version.replace(/v(?=\d)/, ' ');
}
