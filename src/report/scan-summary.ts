import type { Endpoint } from '../model/endpoint.js';
import { type Finding, listOpenFindings, SEVERITIES } from '../model/finding.js';
import { LETTERS } from '../model/grades.js';
import { type Judgement, STATUSES, type Status } from '../model/judgement.js';
import type { Observation } from '../model/observation.js';
import { OUTCOMES, type Outcome } from '../model/outcome.js';

/** One endpoint worth naming in a summary. */
export interface SummaryRow {
  readonly endpoint: Endpoint;
  readonly outcome: Outcome;
  readonly status: Status;
  readonly grade: string | null;
  readonly commonName: string | null;
  readonly notAfter: string | null;
  readonly findings: readonly Finding[];
  /** Why there is no certificate; null when there is one. */
  readonly failure: string | null;
}

/** Totals of a scan, kept while it runs, and its worst endpoints. Memory does not grow with the scan. */
export class ScanSummary {
  readonly outcomes = new Map<Outcome, number>(OUTCOMES.map((outcome) => [outcome, 0]));
  readonly statuses = new Map<Status, number>(STATUSES.map((status) => [status, 0]));
  readonly letters = new Map<string, number>(LETTERS.map((letter) => [letter, 0]));
  /** By id; those that somebody accepts are left out. */
  readonly findings = new Map<string, number>();
  observations = 0;
  found = 0;
  failing = 0;
  /** Rank in SEVERITIES of the worst finding so far; -1: none. */
  worstSeverity = -1;
  readonly #rowLimit: number;
  /** Rank of the mildest row kept once the list is full: what is no worse need not be looked at. */
  #floor = -1;
  #rows: { readonly rank: number; readonly row: SummaryRow }[] = [];

  constructor(rowLimit: number) {
    this.#rowLimit = rowLimit;
  }

  /** Counts one observation. */
  add(observation: Observation, judgement: Judgement): void {
    this.observations += 1;
    increase(this.outcomes, observation.outcome);
    increase(this.statuses, judgement.status);
    if (observation.outcome === 'tls') this.found += 1;
    if (judgement.status !== 'Good' && judgement.status !== 'No certificate') this.failing += 1;
    if (judgement.grade !== null) increase(this.letters, judgement.grade);
    for (const { id, severity } of listOpenFindings(judgement.findings)) {
      increase(this.findings, id);
      this.worstSeverity = Math.max(this.worstSeverity, SEVERITIES.indexOf(severity));
    }
    this.#keep(observation, judgement);
  }

  /** The worst endpoints first: by severity, then those that answered without a certificate, then the rest. */
  worst(): readonly SummaryRow[] {
    this.#trim();
    return this.#rows.map(({ row }) => row);
  }

  #keep(observation: Observation, judgement: Judgement): void {
    const rank = rankOf(observation, judgement);
    if (rank <= this.#floor) return;
    const leaf = judgement.presented[0];
    this.#rows.push({
      rank,
      row: {
        endpoint: observation.endpoint,
        outcome: observation.outcome,
        status: judgement.status,
        grade: judgement.grade,
        commonName: leaf?.commonName ?? leaf?.subjectAltNames[0]?.replace(/^\w+:/, '') ?? null,
        notAfter: leaf?.notAfter ?? null,
        findings: judgement.findings,
        failure: observation.failure?.detail ?? null,
      },
    });
    if (this.#rows.length >= 2 * this.#rowLimit) this.#trim();
  }

  #trim(): void {
    this.#rows.sort((a, b) => b.rank - a.rank);
    this.#rows.length = Math.min(this.#rows.length, this.#rowLimit);
    if (this.#rows.length === this.#rowLimit) this.#floor = this.#rows.at(-1)?.rank ?? -1;
  }
}

/** Outcomes of endpoints where nobody was home: the last that anyone wants to read about. */
const SILENT: ReadonlySet<Outcome> = new Set([
  'refused',
  'unreachable',
  'connect-timeout',
  'unresolved',
  'cancelled',
]);

/** Higher is worse. The worst finding leads; among equals what has expired stands above what warns. */
function rankOf(observation: Observation, judgement: Judgement): number {
  if (judgement.status === 'No certificate') return SILENT.has(observation.outcome) ? 0 : 2;
  if (judgement.status === 'Good') return 1;
  const findings = listOpenFindings(judgement.findings);
  const worst = Math.max(-1, ...findings.map(({ severity }) => SEVERITIES.indexOf(severity)));
  return 100 * (worst + 2) + (judgement.status === 'Warning' ? 0 : 50) + Math.min(9, findings.length);
}

function increase<Key>(counts: Map<Key, number>, key: Key): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
