import type { Database } from 'better-sqlite3';
import type { Finding, Severity } from '../model/finding.js';
import { encodeHex } from './hex.js';

interface FindingRow {
  readonly id: string;
  readonly severity: Severity;
  readonly subject: Uint8Array | null;
  readonly message: string;
  readonly advice: string;
  readonly citation: string;
  readonly owner: string | null;
  readonly reason: string | null;
  readonly until: number | null;
}

/** Prepares reading the findings of a judgement, in its order. */
export function prepareJudgementFindings(database: Database): (judgementId: number) => readonly Finding[] {
  // Subjects are places among the fingerprints of the judgement, which have 32 bytes each.
  const statement = database.prepare<[number], FindingRow>(
    `select rule.name as id, rule.severity, found.message, rule.advice, rule.citation,
      substr(judgement.fingerprints, found.subject * 32 + 1, 32) as subject,
      waiver.owner, waiver.reason, waiver.until
    from judgement_finding as found
    cross join judgement on judgement.id = found.judgement_id
    inner join finding_rule as rule on rule.id = found.rule_id
    left join waiver on waiver.id = found.waiver_id
    where found.judgement_id = ? order by found.position`,
  );
  return (judgementId) =>
    statement
      .all(judgementId)
      .map(({ id, severity, subject, message, advice, citation, owner, reason, until }) => ({
        id,
        severity,
        subject: subject && encodeHex(subject),
        message,
        advice,
        citation,
        ...(owner !== null &&
          reason !== null &&
          until !== null && { waived: { owner, reason, until: new Date(until).toISOString() } }),
      }));
}
