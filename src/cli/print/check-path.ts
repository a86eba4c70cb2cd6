import type { Path } from '../../model/path.js';
import type { ChainCheck, ChainFileEntry, PathCertificate } from '../../scan/check-chain.js';
import { nameRole } from './check-certificates.js';
import { formatItem } from './fields.js';
import { quotePeer } from './quote-peer.js';
import type { TextStyle } from './text-style.js';

/** Findings that another chain file mends. */
const CHAIN_FILE_FINDINGS: ReadonlySet<string> = new Set([
  'duplicate-chain-certificate',
  'extra-chain-certificate',
  'missing-intermediate',
  'root-in-chain',
  'unknown-issuer',
  'unordered-chain',
]);

/** The certification path that was found, as far as it goes, and what breaks it. */
export function formatCheckPath(path: Path, chain: ChainCheck, style: TextStyle): string[] {
  const lines = [style.paint('title', 'Certification path')];
  chain.path.forEach((member, index) => {
    lines.push(...formatItem(`  ${index + 1}. `, describe(member), style));
  });
  const { problem } = chain;
  if (problem !== null) {
    const subject = problem.subject === '' ? problem.fingerprintSha256 : quotePeer(problem.subject);
    const what = `${subject}: ${quotePeer(problem.message)} (rule: ${problem.rule})`;
    lines.push(...formatItem('  ✗  ', what, style, { tone: 'bad' }));
  } else if (path.status !== 'trusted') {
    lines.push(...formatItem('  ✗  ', END_REASONS[path.status] ?? path.status, style, { tone: 'bad' }));
  } else if (path.reason !== null) {
    lines.push(...formatItem('  !  ', quotePeer(path.reason), style, { tone: 'warning' }));
  }
  return lines;
}

const END_REASONS: Readonly<Record<string, string>> = {
  private: 'the path is complete, but no trust store holds the root at its end',
  'self-signed': 'the certificate is signed by its own key, and no trust store holds it',
};

/** Which certificates the server's chain file must hold, in order; nothing when the one that it has will do. */
export function formatChainFile(
  chain: ChainCheck,
  findingIds: readonly string[],
  style: TextStyle,
): string[] {
  if (!findingIds.some((id) => CHAIN_FILE_FINDINGS.has(id))) return [];
  const lines = [
    style.paint('title', 'The chain file must hold, in this order'),
    ...chain.chainFile.flatMap((entry, index) =>
      formatItem(`  ${index + 1}. `, describeEntry(entry), style, {
        tone: entry.place === null ? 'bad' : 'plain',
      }),
    ),
  ];
  const last = chain.chainFile.at(-1);
  if (last?.place === null && last.fingerprintSha256 === null) {
    const then = 'and then its own issuer, and so on; the root is left out';
    lines.push(...formatItem(`  ${chain.chainFile.length + 1}. `, then, style));
  }
  if (findingIds.includes('unknown-issuer')) {
    const hint = `If ${quotePeer(last?.subject ?? '')} is a private root, it need not be sent: name it with --trust-store name=file.`;
    lines.push(...formatItem('  ', hint, style));
  }
  return lines;
}

function describe({ certificate, place, role, trustStores }: PathCertificate): string {
  const subject = certificate.subject === '' ? certificate.fingerprintSha256 : quotePeer(certificate.subject);
  const where = place === null ? 'not sent' : `sent as ${place}`;
  const held = trustStores.length === 0 ? '' : `, in trust store ${trustStores.join(', ')}`;
  return `${subject} (${nameRole(role)}, ${where}${held})`;
}

function describeEntry({ fingerprintSha256, place, source, subject, urls }: ChainFileEntry): string {
  const name = subject === '' ? (fingerprintSha256 ?? 'an issuer without a name') : quotePeer(subject);
  if (place !== null) return `${name} (sent as ${place})`;
  const [url] = urls;
  const where = [
    ...(source === null ? [] : [`it is ${quotePeer(source)}`]),
    ...(url === undefined ? [] : [`get it from ${quotePeer(url)}`]),
  ];
  return `${name} (MISSING: ${where.join('; ') || 'ask the CA that issued the certificate before it'})`;
}
