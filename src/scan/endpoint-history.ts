import type { Endpoint } from '../model/endpoint.js';
import type { InventoryRecord } from '../model/inventory-record.js';
import type { Status } from '../model/judgement.js';
import type { Outcome } from '../model/outcome.js';
import type { Inventory } from '../store/inventory.js';

/** Observations of an endpoint, one after the other, that brought the same. */
export interface HistorySpan {
  /** UTC ISO-8601: the first of them. */
  readonly from: string;
  /** UTC ISO-8601: the last of them. */
  readonly to: string;
  readonly observations: number;
  readonly outcome: Outcome;
  readonly status: Status;
  readonly grade: string | null;
  /** Null: no certificate, or none that can be read. */
  readonly leaf: {
    readonly fingerprintSha256: string;
    readonly commonName: string | null;
    readonly notAfter: string | null;
  } | null;
  /** Ids, in the order of the judgement. */
  readonly findings: readonly string[];
}

/** All that was ever observed of an endpoint. */
export interface EndpointHistory {
  readonly observations: number;
  /** UTC ISO-8601: the latest observation that brought a certificate; null: none did. */
  readonly lastSeen: string | null;
  /** That observation. */
  readonly lastWithCertificate: InventoryRecord | null;
  /** The latest first. */
  readonly spans: readonly HistorySpan[];
  /** Older spans that are left out. */
  readonly omitted: number;
}

/** Reads the history of an endpoint, no more than `limit` spans of it. */
export async function readEndpointHistory(
  inventory: Inventory,
  endpoint: Endpoint,
  limit: number,
): Promise<EndpointHistory> {
  const spans: HistorySpan[] = [];
  let lastWithCertificate: InventoryRecord | null = null;
  let observations = 0;
  let omitted = 0;
  let latestKey = '';
  for await (const record of inventory.records({ endpoint, history: true, withOutcomes: true })) {
    observations += 1;
    if ((record.handshake?.presentedChain.length ?? 0) > 0) lastWithCertificate ??= record;
    const next = toSpan(record);
    const { from: _from, to: _to, ...content } = next;
    const key = JSON.stringify(content);
    const span = spans.at(-1);
    if (key !== latestKey || span === undefined) {
      if (spans.length < limit) spans.push(next);
      else omitted += 1;
    } else if (omitted === 0) {
      spans[spans.length - 1] = { ...span, from: next.from, observations: span.observations + 1 };
    }
    latestKey = key;
  }
  return {
    observations,
    lastSeen: lastWithCertificate?.observedAt ?? null,
    lastWithCertificate,
    spans,
    omitted,
  };
}

function toSpan({ certificate, findings, grade, observedAt, outcome, status }: InventoryRecord): HistorySpan {
  return {
    from: observedAt,
    to: observedAt,
    observations: 1,
    outcome,
    status,
    grade,
    leaf: certificate && {
      fingerprintSha256: certificate.fingerprintSha256,
      commonName: certificate.commonName,
      notAfter: certificate.notAfter,
    },
    findings: findings.map(({ id }) => id),
  };
}
