import type { ObservationRecord } from '../../model/observation-record.js';
import type { Revocations } from '../../model/revocation.js';
import type { ChainCheck } from '../../scan/check-chain.js';
import { formatCheckCertificates } from './check-certificates.js';
import { formatCheckFailure } from './check-failure.js';
import { formatCheckFindings } from './check-findings.js';
import { formatCheckHeadline } from './check-headline.js';
import { formatChainFile, formatCheckPath } from './check-path.js';
import { formatCheckPosture } from './check-posture.js';
import type { TextStyle } from './text-style.js';

/** One endpoint, checked and explained. */
export interface EndpointReport {
  readonly record: ObservationRecord;
  /** Null: no chain that can be read. */
  readonly chain: ChainCheck | null;
  /** What else the server presents, such as a chain with another kind of key. */
  readonly otherChains: readonly ChainCheck[];
  /** What CAs said of its certificates; absent: they were not asked. */
  readonly revocations?: Revocations;
}

/** Writes all that there is to say of one endpoint. */
export function formatCheckReport(
  { chain, otherChains, record, revocations }: EndpointReport,
  now: Date,
  style: TextStyle,
): string {
  const sections = [
    [...formatCheckHeadline(record, chain, style, revocations), ...formatCheckFailure(record, style)],
    record.findings.length > 0 || chain !== null ? formatCheckFindings(record.findings, style) : [],
    ...(chain === null ? [] : explain(chain)),
    ...otherChains.map((other) => [
      style.paint('title', 'The server has another chain, for other clients'),
      ...formatCheckCertificates(other, now, style),
    ]),
    record.posture === null ? [] : formatCheckPosture(record.posture, style),
  ];
  return sections
    .filter((lines) => lines.length > 0)
    .map((lines) => `${lines.join('\n')}\n`)
    .join('\n');

  function explain(explained: ChainCheck): string[][] {
    const ids = record.findings.map(({ id }) => id);
    return [
      formatChainFile(explained, ids, style),
      formatCheckCertificates(explained, now, style),
      formatCheckPath(record.path, explained, style),
    ];
  }
}
