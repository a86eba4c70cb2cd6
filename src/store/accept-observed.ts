import type { Database } from 'better-sqlite3';
import { type AnnotationWaiver, NO_ANNOTATION } from '../model/annotation.js';
import { readAnnotationFacts } from '../model/annotation-fact.js';
import { type AnnotationSubject, formatAnnotationSubject } from '../model/annotation-subject.js';
import type { Certificate } from '../model/certificate.js';
import type { Endpoint } from '../model/endpoint.js';
import type { Finding } from '../model/finding.js';
import { prepareAcceptFindings } from './accept-findings.js';
import { toEndpointRow } from './endpoint-row.js';
import { readAnnotations } from './read-annotations.js';

/** Where findings were found, whether the inventory knows of it already or not. */
export interface FoundAt {
  /** Null: they are those of a certificate, wherever it is. */
  readonly endpoint: Endpoint | null;
  /** Null: there is none. */
  readonly leaf: Certificate | null;
}

/** Marks findings as waived that somebody accepts, by the rules of `list` and `export`. */
export type AcceptObserved = (findings: readonly Finding[], foundAt: FoundAt) => readonly Finding[];

/** Prepares marking findings as of `now`, with the rules that there are by then; null: nobody accepts anything. */
export function prepareAcceptObserved(database: Database, now: Date): AcceptObserved | null {
  const annotations = readAnnotations(database);
  const { hasCertificates, hasEndpoints, hasWaivers, rules } = annotations;
  if (!hasWaivers) return null;
  const accept = prepareAcceptFindings(database, annotations, now);
  const select = database.prepare<[string], { field: 'waiver'; name: string; value: string }>(
    `select field, name, value from annotation
    where subject = ? and field = 'waiver' and value is not null`,
  );
  const waiversOf = (subject: AnnotationSubject): readonly AnnotationWaiver[] =>
    readAnnotationFacts(select.all(formatAnnotationSubject(subject))).waivers;

  function waiversOfRule({ endpoint, leaf }: FoundAt): readonly AnnotationWaiver[] {
    const ranks: number[] = [];
    if (endpoint !== null) {
      const { address, host, server_name: serverName } = toEndpointRow(endpoint);
      ranks.push(
        rules.rankAddress(address),
        ...[host, serverName].filter((name) => name !== '').map(rules.rankName),
      );
    }
    if (leaf !== null)
      ranks.push(rules.rankCertificate({ ...leaf, subjectAltNames: JSON.stringify(leaf.subjectAltNames) }));
    return rules.rules[Math.min(...ranks)]?.annotation.waivers ?? [];
  }

  return (findings, foundAt) => {
    if (findings.length === 0) return findings;
    const { endpoint, leaf } = foundAt;
    const waivers = [
      ...(hasEndpoints && endpoint !== null ? waiversOf({ kind: 'endpoint', endpoint }) : []),
      ...(hasCertificates && leaf !== null
        ? waiversOf({ kind: 'certificate', fingerprint: leaf.fingerprintSha256 })
        : []),
      ...waiversOfRule(foundAt),
    ];
    return accept(findings, { ...NO_ANNOTATION, waivers }, now.getTime());
  };
}
