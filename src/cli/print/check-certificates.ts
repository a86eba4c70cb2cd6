import type { ChainCheck, ChainRole, SentCertificate } from '../../scan/check-chain.js';
import { listCertificateFields } from './certificate-fields.js';
import { type Field, formatFields } from './fields.js';
import { quotePeer } from './quote-peer.js';
import type { TextStyle } from './text-style.js';

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
  if (certificate !== null) return listCertificateFields(certificate, now);
  return [
    { label: 'Fault', text: quotePeer(unreadable ?? ''), tone: 'bad' },
    { label: 'SHA-256', text: fingerprintSha256 },
  ];
}
