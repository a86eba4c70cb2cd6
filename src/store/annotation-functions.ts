import type { Database } from 'better-sqlite3';
import {
  type Annotation,
  type AnnotationWaiver,
  findWaiver,
  resolveAnnotation,
} from '../model/annotation.js';
import { ANNOTATION_FIELDS, type AnnotationChange, readAnnotationFacts } from '../model/annotation-fact.js';
import { formatAnnotationSubject, parseAnnotationSubject } from '../model/annotation-subject.js';
import type { AnnotationRules } from './annotation-rules.js';
import { ENDPOINT_COLUMNS, fromEndpointRow, toEndpointRow } from './endpoint-row.js';
import { rememberLatest } from './remember-latest.js';

/** Facts of no subject, as JSON. */
const NOTHING = '[]';

/**
 * Gives a connection the functions by which queries ask what is said of endpoints and certificates, as far as it is said
 * by these rules; what is said of single ones is among the arguments, as JSON.
 */
export function addAnnotationFunctions(database: Database, rules: AnnotationRules): void {
  const options = { deterministic: true, directOnly: true };

  database.function('endpoint_subject', options, (address, port, protocol, serverName, host) => {
    if (!(address instanceof Uint8Array) || typeof port !== 'number' || typeof protocol !== 'string')
      return null;
    if (typeof serverName !== 'string' || typeof host !== 'string') return null;
    const endpoint = fromEndpointRow({ address, port, protocol, server_name: serverName, host });
    return formatAnnotationSubject({ kind: 'endpoint', endpoint });
  });

  // The way back; null: the text is no subject of that kind.
  const rowOf = rememberLatest((text: string) => {
    const subject = parseAnnotationSubject(text);
    return subject?.kind === 'endpoint' ? toEndpointRow(subject.endpoint) : null;
  });
  database.function('subject_column', options, (subject, asked) => {
    const column = ENDPOINT_COLUMNS.find((each) => each === asked);
    return typeof subject === 'string' && column !== undefined ? (rowOf(subject)?.[column] ?? null) : null;
  });

  const resolve = rememberLatest((key: string): string | null => {
    const [rank, ...own]: [number, string, string] = JSON.parse(key);
    const rule = rules.rules[rank]?.annotation;
    const all = [...own.filter((facts) => facts !== NOTHING).map(readFacts), ...(rule ? [rule] : [])];
    return all.length === 0 ? null : JSON.stringify(resolveAnnotation(all));
  });
  const byRule = rememberLatest((rank: number) => resolve(JSON.stringify([rank, NOTHING, NOTHING])));
  const certificateRanks = new Map<number, number>();

  database.function(
    'annotation_of',
    options,
    (ofEndpoint, ofCertificate, address, host, serverName, certificateId, commonName, names, issuer) => {
      let rank = Number.POSITIVE_INFINITY;
      if (address instanceof Uint8Array) rank = rules.rankAddress(address);
      if (typeof host === 'string') rank = Math.min(rank, rules.rankName(host));
      if (typeof serverName === 'string') rank = Math.min(rank, rules.rankName(serverName));
      if (typeof certificateId === 'number')
        rank = Math.min(rank, rankCertificate(certificateId, commonName, names, issuer));
      // JSON has no infinity, and there is no rule at -1.
      const place = rank === Number.POSITIVE_INFINITY ? -1 : rank;
      const [own, certificate] = [ofEndpoint ?? NOTHING, ofCertificate ?? NOTHING];
      if (own === NOTHING && certificate === NOTHING) return byRule(place);
      return resolve(JSON.stringify([place, own, certificate]));
    },
  );

  function rankCertificate(id: number, ...[commonName, names, issuer]: readonly unknown[]): number {
    let rank = certificateRanks.get(id);
    if (rank === undefined) {
      rank = rules.rankCertificate({
        commonName: typeof commonName === 'string' ? commonName : null,
        subjectAltNames: typeof names === 'string' ? names : null,
        issuer: typeof issuer === 'string' ? issuer : null,
      });
      if (certificateRanks.size >= MAX_REMEMBERED_RANKS) certificateRanks.clear();
      certificateRanks.set(id, rank);
    }
    return rank;
  }

  const waiversOf = rememberLatest(
    (annotation: string): readonly AnnotationWaiver[] => (JSON.parse(annotation) as Annotation).waivers,
  );
  database.function('annotation_waives', options, (annotation, finding, moment) =>
    typeof annotation === 'string' && typeof finding === 'string' && typeof moment === 'number'
      ? Number(findWaiver(waiversOf(annotation), finding, moment) !== null)
      : 0,
  );
}

/** Two numbers each, so that some megabytes hold the certificates of a large network. */
const MAX_REMEMBERED_RANKS = 100_000;

/** Reads `[[field, name, value], …]`; fields that another version knows are passed over. */
function readFacts(json: string): Annotation {
  const facts: readonly [string, string, string | null][] = JSON.parse(json);
  return readAnnotationFacts(
    facts.flatMap(([written, name, value]): Omit<AnnotationChange, 'subject'>[] => {
      const field = ANNOTATION_FIELDS.find((each) => each === written);
      return field === undefined ? [] : [{ field, name, value }];
    }),
  );
}
