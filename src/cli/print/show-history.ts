import type { InventoryRecord } from '../../model/inventory-record.js';
import { OUTCOMES } from '../../model/outcome.js';
import type { EndpointHistory, HistorySpan } from '../../scan/endpoint-history.js';
import { formatTable } from './table.js';
import type { TextStyle } from './text-style.js';

/** What was observed of an endpoint, the latest first; observations that brought the same share a line. */
export function formatShowHistory(
  history: EndpointHistory,
  { firstSeen, state, stateSince }: Pick<InventoryRecord, 'firstSeen' | 'state' | 'stateSince'>,
  style: TextStyle,
): string[] {
  const { lastSeen, observations, omitted, spans } = history;
  const count = observations.toLocaleString('en-US');
  const seen = lastSeen === null ? 'never with a certificate' : `last with a certificate ${minute(lastSeen)}`;
  const became = state === null || stateSince === null ? '' : `, ${state} since ${minute(stateSince)}`;
  return [
    style.paint('title', 'History'),
    `  ${count} ${observations === 1 ? 'observation' : 'observations'}, first ${minute(firstSeen)}, ${seen}${became}`,
    ...formatTable(
      [
        { title: 'From' },
        { title: 'To' },
        { title: 'Seen', align: 'right' },
        { title: 'Status' },
        { title: 'Grade' },
        { title: 'Expires' },
        { title: 'Certificate', maxWidth: 48 },
        { title: 'Findings', maxWidth: 80 },
      ],
      spans.map(toRow),
    )
      .split('\n')
      .map((line) => `  ${line}`),
    ...(omitted === 0 ? [] : [`  … and ${omitted.toLocaleString('en-US')} earlier: --limit shows them`]),
  ];
}

function toRow({ findings, from, grade, leaf, observations, outcome, status, to }: HistorySpan): string[] {
  const certificate = leaf ? `${leaf.fingerprintSha256.slice(0, 16)} ${leaf.commonName ?? ''}`.trim() : '';
  return [
    minute(from),
    minute(to),
    String(observations),
    status,
    grade ?? '',
    leaf?.notAfter?.slice(0, 10) ?? '',
    certificate,
    [...(outcome === OUTCOMES[0] ? [] : [outcome]), ...findings].join('; '),
  ];
}

function minute(time: string): string {
  return time.slice(0, 16).replace('T', ' ');
}
