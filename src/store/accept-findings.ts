import type { Database } from 'better-sqlite3';
import { type Annotation, type AnnotationWaiver, findWaiver } from '../model/annotation.js';
import { readAnnotationFacts } from '../model/annotation-fact.js';
import { formatAnnotationSubject } from '../model/annotation-subject.js';
import type { Finding } from '../model/finding.js';
import type { Annotations } from './read-annotations.js';
import { rememberLatest } from './remember-latest.js';

/**
 * Marks findings as waived that somebody accepts by what is said of the endpoint, of the certificate at fault or of a
 * kind of them; the moment, milliseconds since 1970, counts where no other is given.
 */
export type AcceptFindings = (
  findings: readonly Finding[],
  annotation: Annotation,
  moment: number,
) => readonly Finding[];

/** Prepares marking findings, as of `now` where it is given. */
export function prepareAcceptFindings(
  database: Database,
  { hasCertificates, hasWaivers }: Annotations,
  now: Date | undefined,
): AcceptFindings {
  if (!hasWaivers) return (findings) => findings;
  const waiversOf = hasCertificates ? rememberLatest(prepareWaivers(database)) : () => [];
  return (findings, { waivers }, moment) => {
    const time = now?.getTime() ?? moment;
    return findings.map((finding) => {
      if (finding.waived) return finding;
      const ofSubject = finding.subject === null ? [] : waiversOf(finding.subject);
      const waiver = findWaiver(waivers, finding.id, time) ?? findWaiver(ofSubject, finding.id, time);
      if (waiver === null) return finding;
      const { owner, reason, until } = waiver;
      return { ...finding, waived: { owner, reason, until } };
    });
  };
}

/** Reads who accepts what of a certificate (SHA-256, hex). */
function prepareWaivers(database: Database): (fingerprint: string) => readonly AnnotationWaiver[] {
  const statement = database.prepare<[string], { field: 'waiver'; name: string; value: string }>(
    `select field, name, value from annotation
    where subject = ? and field = 'waiver' and value is not null`,
  );
  return (fingerprint) =>
    readAnnotationFacts(statement.all(formatAnnotationSubject({ kind: 'certificate', fingerprint }))).waivers;
}
