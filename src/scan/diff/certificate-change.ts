import type { Certificate } from '../../model/certificate.js';
import type { ChangeKind } from '../../model/change.js';
import { type EndpointCourse, followState, NO_COURSE } from '../../model/endpoint-state.js';
import { cutText } from '../../report/cut-text.js';
import type { EntryRecord } from '../../store/entry-record.js';
import type { EarlierCertificate } from '../../store/inventory-view.js';

/** What has become of the certificate of an endpoint. */
export interface CertificateChange {
  readonly kind: Exclude<ChangeKind, 'finding-appeared' | 'finding-resolved' | 'regraded'>;
  readonly reason: string;
  readonly keyKept: boolean | null;
}

/** An endpoint that has presented a certificate, as something to follow. */
const LIVE: EndpointCourse = { ...NO_COURSE, state: 'live', since: 0, leafId: 0, leafRunId: 0 };

/** Names of a certificate in one sentence: some have hundreds. */
const NAMES_CHARACTERS = 120;

/**
 * Compares the certificates of two observations of one endpoint; `earlier` is the last one that it presented until then,
 * asked for where none was presented before. Null: there is nothing to tell.
 */
export function findCertificateChange(
  before: EntryRecord | null,
  after: EntryRecord,
  earlier: EarlierCertificate | null,
): CertificateChange | null {
  const { leaf } = after;
  const oldLeaf = before?.leaf ?? null;
  if (leaf === oldLeaf) return null;
  if (oldLeaf === null) return describeArrival(before, leaf, earlier);
  if (leaf === null)
    return {
      kind: isSilent(after) ? 'unreachable' : 'gone',
      reason: describeOutcome(after),
      keyKept: null,
    };
  return compareCertificates(before?.certificate ?? null, after.certificate);
}

/** Whether nothing was heard of an endpoint, so that nothing is known of it either. */
export function isSilent(record: EntryRecord): boolean {
  if (record.leaf !== null) return false;
  const sighting = { runId: 1, observedAt: 1, outcome: record.outcome, leafId: null };
  return followState(LIVE, sighting).state === 'unreachable';
}

function describeArrival(
  before: EntryRecord | null,
  leaf: string | null,
  earlier: EarlierCertificate | null,
): CertificateChange {
  const day = earlier?.observedAt.slice(0, 10);
  const isOld = earlier?.leaf === leaf;
  const history =
    earlier === null ? '' : isOld ? `; the same certificate as on ${day}` : `; on ${day} it had another one`;
  if (before !== null)
    return {
      kind: isOld ? 'back' : 'new',
      reason: `no certificate before: ${describeOutcome(before)}${history}`,
      keyKept: null,
    };
  return { kind: 'new', reason: `the endpoint was not known before${history}`, keyKept: null };
}

function describeOutcome({ failure, outcome }: EntryRecord): string {
  if (failure !== null && failure.detail !== '') return `${outcome}: ${failure.detail}`;
  return outcome === 'tls' ? 'TLS without a certificate' : outcome;
}

function compareCertificates(before: Certificate | null, after: Certificate | null): CertificateChange {
  if (before === null || after === null)
    return {
      kind: 'changed',
      reason: `the certificate ${after === null ? 'now' : 'of before'} cannot be read`,
      keyKept: null,
    };
  const keyKept = before.spkiSha256 !== '' && before.spkiSha256 === after.spkiSha256;
  const [names, oldNames] = [namesOf(after), namesOf(before)];
  const isRenewed = names.join('\0') === oldNames.join('\0');
  const parts = [
    isRenewed ? describeRenewal(before, after) : describeNames(oldNames, names),
    keyKept ? 'the key was kept' : 'the key is new',
    ...(before.issuer === after.issuer ? [] : [`the issuer was ${before.issuer}`]),
  ];
  return { kind: isRenewed ? 'renewed' : 'changed', reason: parts.join('; '), keyKept };
}

/** What a certificate is for: its names, or its subject where it has none. */
function namesOf({ subject, subjectAltNames }: Certificate): readonly string[] {
  return subjectAltNames.length === 0
    ? [subject]
    : [...new Set(subjectAltNames.map((name) => name.toLowerCase()))].sort();
}

function describeRenewal(before: Certificate, after: Certificate): string {
  const days = `expires ${dayOf(after.notAfter)}, before ${dayOf(before.notAfter)}`;
  const isOlder = before.notBefore !== null && after.notBefore !== null && after.notBefore < before.notBefore;
  return isOlder ? `${days}; it is older than the one before` : days;
}

function dayOf(time: string | null): string {
  return time?.slice(0, 10) ?? 'never';
}

function describeNames(before: readonly string[], after: readonly string[]): string {
  const [old, current] = [new Set(before), new Set(after)];
  const gained = after.filter((name) => !old.has(name));
  const lost = before.filter((name) => !current.has(name));
  return [
    ...(gained.length > 0 ? [`names gained: ${list(gained)}`] : []),
    ...(lost.length > 0 ? [`names lost: ${list(lost)}`] : []),
  ].join('; ');
}

function list(names: readonly string[]): string {
  return cutText(names.map((name) => name.replace(/^dns:/, '')).join(', '), NAMES_CHARACTERS);
}
