import type { Database } from 'better-sqlite3';
import type { Certificate } from '../model/certificate.js';
import type { Finding, Waived } from '../model/finding.js';
import type { PathStatus } from '../model/path.js';
import { prepareCurrentFacts } from './current-facts.js';
import { rememberLatest } from './remember-latest.js';
import { rememberMany } from './remember-many.js';
import type { ViewEntry } from './view-entry.js';

// Why by the batch: each question to SQLite costs about as much as its answer, and who compares asks for the facts of
// tens of thousands of entries.

/** The certificate of a server, the first of its chain. */
export interface LeafFacts {
  /** SHA-256, hex. */
  readonly sha256: string;
  /** Null: it cannot be read. */
  readonly certificate: Certificate | null;
}

/** What a judgement says, as far as comparisons look at it. */
export interface JudgementSummary {
  readonly grade: string | null;
  readonly gradingId: number | null;
  readonly path: PathStatus;
  readonly findings: readonly Finding[];
}

/** Reads the facts that entries refer to by number. */
export interface EntryFacts {
  /** Reads what some entries will be asked for at once; few enough of them that all of it is kept at hand. */
  load(entries: readonly ViewEntry[]): void;
  /** Null: the chain is empty. */
  leafOf(chainId: number): LeafFacts | null;
  judgementOf(id: number): JudgementSummary;
}

/** Entries whose facts are loaded at once, at the most. */
export const ENTRIES_AT_ONCE = 500;

/** Prepares reading facts over a connection. */
export function prepareEntryFacts(database: Database): EntryFacts {
  const leavesOf = rememberMany(prepareLeaves(database), 2 * ENTRIES_AT_ONCE);
  const judgementsOf = rememberMany(prepareJudgements(database), 2 * ENTRIES_AT_ONCE);
  return {
    load(entries) {
      leavesOf(entries.map(({ chainId }) => chainId).filter((id) => id !== null));
      judgementsOf(entries.map(({ judgementId }) => judgementId));
    },
    leafOf: (chainId) => leavesOf([chainId]).get(chainId) ?? null,
    judgementOf(id) {
      const judgement = judgementsOf([id]).get(id);
      if (judgement === undefined) throw new Error(`there is no judgement ${id}`);
      return judgement;
    },
  };
}

function prepareLeaves(database: Database) {
  const { certificatesOf } = prepareCurrentFacts(database);
  const leaves = database
    .prepare<[string], readonly [chainId: number, certificateId: number]>(
      `select chain_id, certificate_id
      from json_each(?) as ids cross join chain_certificate on chain_id = ids.value and position = 0`,
    )
    .raw();
  const digest = database
    .prepare<[number], string>('select lower(hex(sha256)) from certificate where id = ?')
    .pluck();
  return (ids: readonly number[]): Map<number, LeafFacts> => {
    const rows = leaves.all(JSON.stringify(ids));
    const certificates = certificatesOf(rows.map(([, certificateId]) => certificateId));
    return new Map(
      rows.map(([chainId, id]) => {
        const certificate = certificates.get(id) ?? null;
        return [
          chainId,
          { sha256: certificate?.fingerprintSha256 ?? known(digest.get(id), 'certificate', id), certificate },
        ];
      }),
    );
  };
}

type JudgementRow = readonly [id: number, grade: string | null, gradingId: number | null, path: PathStatus];

type FindingRow = readonly [
  judgementId: number,
  ruleId: number,
  /** SHA-256, hex; empty: none. */
  subject: string,
  message: string,
  waiverId: number | null,
];

function prepareJudgements(database: Database) {
  const judgements = database
    .prepare<[string], JudgementRow>(
      `select judgement.id, grade, grading_id, path_status
      from json_each(?) as ids cross join judgement on judgement.id = ids.value`,
    )
    .raw();
  // Subjects are places among the fingerprints of the judgement, which have 32 bytes each. Findings lie in their order.
  const findings = database
    .prepare<[string], FindingRow>(
      `select found.judgement_id, found.rule_id,
        lower(hex(substr(judgement.fingerprints, found.subject * 32 + 1, 32))),
        found.message, found.waiver_id
      from json_each(?) as ids
      cross join judgement_finding as found on found.judgement_id = ids.value
      cross join judgement on judgement.id = found.judgement_id`,
    )
    .raw();
  const ruleOf = rememberLatest(prepareRule(database));
  const waiverOf = rememberLatest(prepareWaiver(database));

  return (ids: readonly number[]): Map<number, JudgementSummary> => {
    const asked = JSON.stringify(ids);
    const found = new Map<number, Finding[]>();
    for (const [judgementId, ruleId, subject, message, waiverId] of findings.all(asked)) {
      const { advice, citation, id, severity } = ruleOf(ruleId);
      const finding = {
        id,
        severity,
        subject: subject === '' ? null : subject,
        message,
        advice,
        citation,
        ...(waiverId !== null && { waived: waiverOf(waiverId) }),
      };
      const others = found.get(judgementId);
      if (others) others.push(finding);
      else found.set(judgementId, [finding]);
    }
    return new Map(
      judgements
        .all(asked)
        .map(([id, grade, gradingId, path]) => [
          id,
          { grade, gradingId, path, findings: found.get(id) ?? NO_FINDINGS },
        ]),
    );
  };
}

const NO_FINDINGS: readonly Finding[] = [];

type Rule = Pick<Finding, 'id' | 'severity' | 'advice' | 'citation'>;

function prepareRule(database: Database): (id: number) => Rule {
  const statement = database.prepare<[number], Rule>(
    'select name as id, severity, advice, citation from finding_rule where id = ?',
  );
  return (id) => known(statement.get(id), 'rule', id);
}

function prepareWaiver(database: Database): (id: number) => Waived {
  const statement = database.prepare<[number], { owner: string; reason: string; until: number }>(
    'select owner, reason, until from waiver where id = ?',
  );
  return (id) => {
    const { owner, reason, until } = known(statement.get(id), 'waiver', id);
    return { owner, reason, until: new Date(until).toISOString() };
  };
}

/** Foreign keys see to it that there is one. */
function known<Fact>(fact: Fact | undefined, kind: string, id: number): Fact {
  if (fact === undefined) throw new Error(`there is no ${kind} ${id}`);
  return fact;
}
