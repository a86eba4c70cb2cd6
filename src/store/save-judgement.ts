import type { Database } from 'better-sqlite3';
import type { Finding } from '../model/finding.js';
import type { Judgement } from '../model/judgement.js';
import { prepareFindOrInsert, prepareInsert } from './find-or-insert.js';
import { decodeHex } from './hex.js';
import { prepareSaveWaiver } from './save-waiver.js';
import { sha256 } from './sha256.js';

/** Finds or writes a judgement and all that belongs to it, and returns its number. */
export type SaveJudgement = (judgement: Judgement, stapledOcsp: string | null) => number;

/** Looks a number up under the content that it stands for, or finds it. */
export type Remember = (content: string, find: () => number) => number;

/** Prepares all statements that saving a judgement needs; `remember` must not outlive a transaction. */
export function prepareSaveJudgement(database: Database, remember: Remember): SaveJudgement {
  const gradings = prepareFindOrInsert(database, 'grading', ['content_hash'], ['content']);
  const saveWaiver = prepareSaveWaiver(database);
  const reports = prepareFindOrInsert(database, 'revocation_report', ['content_hash'], ['content']);
  const judgements = prepareFindOrInsert(
    database,
    'judgement',
    ['content_hash'],
    [
      'status',
      'grade',
      'grading_id',
      'revocation_report_id',
      'path_status',
      'trust_stores',
      'fingerprints',
      'path_length',
      'path_reason',
      'stapled_ocsp',
    ],
  );
  const rules = prepareFindOrInsert(
    database,
    'finding_rule',
    ['content_hash'],
    ['name', 'severity', 'advice', 'citation'],
  );
  const insertFinding = prepareInsert(database, 'judgement_finding', [
    'judgement_id',
    'position',
    'rule_id',
    'subject',
    'message',
    'waiver_id',
  ]);

  function gradingId(grades: Judgement['grades']): number | null {
    if (!grades) return null;
    const content = JSON.stringify(grades);
    return remember(
      `grading ${content}`,
      () => gradings({ content_hash: sha256(`grading ${content}`), content }).id,
    );
  }

  function reportId(revocations: Judgement['revocations']): number | null {
    if (revocations === undefined) return null;
    const content = JSON.stringify(revocations);
    return remember(
      `revocations ${content}`,
      () => reports({ content_hash: sha256(`revocations ${content}`), content }).id,
    );
  }

  function ruleId(finding: Finding): number {
    const content = JSON.stringify(['finding', ...ruleContent(finding)]);
    const { id: name, severity, advice, citation } = finding;
    return remember(
      content,
      () => rules({ content_hash: sha256(content), name, severity, advice, citation }).id,
    );
  }

  return (judgement, stapledOcsp) => {
    const { status, grade, grades, path, findings, revocations } = judgement;
    const content = JSON.stringify([
      'judgement',
      status,
      grade,
      grades ?? null,
      [path.status, path.trustStores, path.certificates, path.reason],
      stapledOcsp,
      findings.map((finding) => [
        ruleContent(finding),
        finding.subject,
        finding.message,
        waivedContent(finding),
      ]),
      ...(revocations ? [revocations] : []),
    ]);
    return remember(content, () => {
      const named = namedCertificates(judgement);
      const { id, isNew } = judgements({
        content_hash: sha256(content),
        status,
        grade,
        grading_id: gradingId(grades),
        revocation_report_id: reportId(revocations),
        path_status: path.status,
        trust_stores: JSON.stringify(path.trustStores),
        fingerprints: decodeHex(named.join('')),
        path_length: path.certificates.length,
        path_reason: path.reason,
        stapled_ocsp: stapledOcsp,
      });
      if (!isNew) return id;
      const places = new Map(named.map((fingerprint, place) => [fingerprint, place]));
      for (const [position, finding] of findings.entries()) {
        const subject = finding.subject === null ? null : (places.get(finding.subject) ?? null);
        const { message, waived } = finding;
        insertFinding({
          judgement_id: id,
          position,
          rule_id: ruleId(finding),
          subject,
          message,
          waiver_id: saveWaiver(waived),
        });
      }
      return id;
    });
  };
}

/** Fingerprints of the path, and then of what else the findings are about. */
function namedCertificates({ path, findings }: Judgement): readonly string[] {
  const inPath = new Set(path.certificates);
  const others = new Set(findings.flatMap(({ subject }) => (subject === null ? [] : [subject])));
  return [...path.certificates, ...[...others].filter((subject) => !inPath.has(subject))];
}

function ruleContent({ id, severity, advice, citation }: Finding): readonly string[] {
  return [id, severity, advice, citation];
}

function waivedContent({ waived }: Finding): readonly string[] | null {
  return waived ? [waived.owner, waived.reason, waived.until] : null;
}
