import type { Change, ChangeKind, ChangeSide } from '../model/change.js';
import { formatEndpoint } from '../model/endpoint.js';

/** Headings of the kinds of changes. */
export const CHANGE_TITLES: Readonly<Record<ChangeKind, string>> = {
  new: 'New certificates',
  back: 'Back again',
  gone: 'Gone: the endpoint answers without a certificate',
  unreachable: 'Unreachable: nothing is known of the certificate now',
  renewed: 'Renewed: another certificate for the same names',
  changed: 'Changed: another certificate with other names',
  'finding-appeared': 'Findings that appeared',
  'finding-resolved': 'Findings that were resolved',
  regraded: 'Grades that moved',
};

/** A change in the cells of a table: endpoint, before, after, why. */
export function describeChange(change: Change): readonly [string, string, string, string] {
  const { after, before, endpoint, finding, kind, reason } = change;
  const place = formatEndpoint(endpoint);
  if (finding !== null) {
    const name = `${finding.id} (${finding.severity})`;
    return kind === 'finding-appeared' ? [place, '', name, reason] : [place, name, '', reason];
  }
  if (kind === 'regraded') return [place, before?.grade ?? '', after.grade ?? '', reason];
  return [place, describeSide(before), describeSide(after), reason];
}

function describeSide(side: ChangeSide | null): string {
  if (side === null) return '';
  if (side.leaf === null) return side.outcome;
  const { certificate, leaf } = side;
  if (certificate === null) return leaf.slice(0, 16);
  const name = certificate.commonName ?? certificate.subjectAltNames[0] ?? certificate.subject;
  return `${name} ${certificate.notAfter?.slice(0, 10) ?? ''}`.trim();
}
