import { formatEndpoint } from '../model/endpoint.js';
import type { InventoryRecord } from '../model/inventory-record.js';
import { UsageError } from '../model/usage-error.js';
import { cleanText } from './clean-text.js';
import type { ExportOptions } from './export-format.js';
import { FingerprintSet } from './fingerprint-set.js';

/** RFC 7468, section 2. */
const LINE_CHARACTERS = 64;

/**
 * OpenSSL reads lines in pieces of 254 bytes and takes each for a line of its own: a comment must end before, so that
 * no name can say BEGIN at the start of the second piece.
 */
const COMMENT_CHARACTERS = 200;

/** Writes the certificates that `choose` names in each record, each distinct one once, where it is first met. */
export async function* writePem(
  records: AsyncIterable<InventoryRecord>,
  choose: (record: InventoryRecord) => readonly string[],
  certificateDer: ExportOptions['certificateDer'],
): AsyncGenerator<string> {
  if (!certificateDer)
    throw new UsageError('PEM needs the certificates themselves, and the source of this export has none');
  const seen = new FingerprintSet();
  for await (const record of records)
    for (const fingerprint of choose(record)) {
      if (!seen.add(fingerprint)) continue;
      const der = await certificateDer(fingerprint);
      yield `${formatComment(record, fingerprint)}\n`;
      yield der
        ? formatPem(der)
        : `# the certificate ${formatCommentText(fingerprint)} itself is not at hand\n`;
    }
}

/** `# mail.example, mail.example@192.0.2.7:25/smtp, expires 2026-12-04, sha256 ab12…`: no record's own words are needed to read it. */
function formatComment({ certificate, endpoint }: InventoryRecord, fingerprint: string): string {
  const place = formatEndpoint(endpoint);
  const parts =
    certificate?.fingerprintSha256 === fingerprint
      ? [certificate.commonName ?? 'no common name', place, `expires ${certificate.notAfter?.slice(0, 10)}`]
      : [`sent by ${place}`];
  return formatCommentText(`# ${fingerprint.slice(0, 16)} ${parts.join(', ')}`);
}

/** One short line of ASCII that no reader takes for a boundary. */
function formatCommentText(text: string): string {
  return cleanText(text)
    .replace(/[^\x20-\x7e]/g, '?')
    .replace(/-{3,}/g, '--')
    .slice(0, COMMENT_CHARACTERS);
}

function formatPem(der: Uint8Array): string {
  const lines = Buffer.from(der)
    .toString('base64')
    .match(new RegExp(`.{1,${LINE_CHARACTERS}}`, 'g'));
  return ['-----BEGIN CERTIFICATE-----', ...(lines ?? []), '-----END CERTIFICATE-----', ''].join('\n');
}
