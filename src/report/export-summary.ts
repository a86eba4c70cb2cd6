import { formatEndpoint } from '../model/endpoint.js';
import { listOpenFindings, SEVERITIES, type Severity } from '../model/finding.js';
import { LETTERS } from '../model/grades.js';
import type { InventoryRecord } from '../model/inventory-record.js';
import { isNoticed } from '../model/is-noticed.js';
import { STATUSES, type Status } from '../model/judgement.js';
import { cleanText } from './clean-text.js';
import { cutText } from './cut-text.js';
import { EXPIRY_WINDOWS, type ExpiryWindow, findExpiryWindow, UNUSED } from './expiry-window.js';
import { FingerprintSet } from './fingerprint-set.js';
import { nameAuthority } from './name-authority.js';
import { nameKeyLength } from './name-key-length.js';
import { Tally } from './tally.js';

/** Longest name kept in a summary: people read those, and hostile ones may be as long as a certificate. */
const NAME_CHARACTERS = 200;

/** Longest advice kept. */
const ADVICE_CHARACTERS = 1000;

/** Ids of findings told apart: there are some sixty, and an inventory may bring others. */
const FINDING_IDS = 1000;

/** One kind of finding and how far it has spread. */
export interface FindingCount {
  readonly id: string;
  /** The worst that was met. */
  readonly severity: Severity;
  readonly endpoints: number;
  /** What to do about it, as one endpoint that has it was told. */
  readonly advice: string;
}

/** One endpoint that needs somebody to act, in cleaned and shortened words. */
export interface ActionRow {
  readonly endpoint: string;
  readonly status: Status;
  readonly severity: Severity;
  readonly grade: string | null;
  readonly commonName: string | null;
  readonly notAfter: string | null;
  readonly owner: string | null;
  /** Ids, the worst first. */
  readonly findings: readonly string[];
}

/** Totals of an export and its worst endpoints; of each certificate no more is kept than that it was counted. */
export class ExportSummary {
  readonly statuses = new Map<Status, number>(STATUSES.map((status) => [status, 0]));
  readonly letters = new Map<string, number>(LETTERS.map((letter) => [letter, 0]));
  /** Distinct certificates by the time that they have left; those that none but unused endpoints present stand apart. */
  readonly windows = new Map<ExpiryWindow, number>(EXPIRY_WINDOWS.map((window) => [window, 0]));
  readonly keyTypes = new Tally();
  readonly keyLengths = new Tally();
  readonly authorities = new Tally();
  endpoints = 0;
  /** Endpoints that nobody uses and whose expiry is therefore no finding that counts. */
  unusedExpiring = 0;
  /** UTC ISO-8601: the latest observation; null: there is none. */
  lastScan: string | null = null;
  readonly #now: Date;
  readonly #rowLimit: number;
  readonly #seen = new FingerprintSet();
  readonly #inUse = new FingerprintSet();
  readonly #findings = new Map<string, FindingCount>();
  #rows: ActionRow[] = [];
  #needingAction = 0;

  /** Keeps up to `rowLimit` of the endpoints that need action. */
  constructor(now: Date, rowLimit: number) {
    this.#now = now;
    this.#rowLimit = rowLimit;
  }

  /** Distinct certificates. */
  get certificates(): number {
    return this.#seen.size;
  }

  /** Endpoints with a finding of medium severity or above. */
  get needingAction(): number {
    return this.#needingAction;
  }

  /** Counts one record. */
  add(record: InventoryRecord): void {
    const { certificate, status, grade, lastScan, unused } = record;
    this.endpoints += 1;
    increase(this.statuses, status);
    if (grade !== null) increase(this.letters, grade);
    if (this.lastScan === null || lastScan > this.lastScan) this.lastScan = lastScan;
    if (certificate && this.#seen.add(certificate.fingerprintSha256)) {
      const { keyType, keyBits } = certificate;
      this.keyTypes.add(tidy(keyType));
      this.keyLengths.add(tidy(nameKeyLength(keyType, keyBits)));
      this.authorities.add(tidy(nameAuthority(certificate.issuer)) || 'Unnamed');
    }
    if (certificate && !unused && this.#inUse.add(certificate.fingerprintSha256))
      increase(this.windows, findExpiryWindow(certificate.notAfter, this.#now));
    this.windows.set(UNUSED, this.#seen.size - this.#inUse.size);
    this.#addFindings(record);
  }

  /** Kinds of findings, the gravest and then the most frequent first; of what is unused, all but its expiry. */
  findings(): readonly FindingCount[] {
    return [...this.#findings.values()].sort(
      (a, b) => rank(b.severity) - rank(a.severity) || b.endpoints - a.endpoints || (a.id < b.id ? -1 : 1),
    );
  }

  /** The endpoints that need action, the worst first, and among equals the first to expire. */
  worst(): readonly ActionRow[] {
    this.#trim();
    return this.#rows;
  }

  #addFindings(record: InventoryRecord): void {
    const all = listOpenFindings(record.findings);
    const open = all.filter((finding) => isNoticed(finding, record));
    if (open.length < all.length) this.unusedExpiring += 1;
    let worst: Severity = 'info';
    const ids = new Map<string, Severity>();
    for (const { id, severity, advice } of open) {
      if (rank(severity) > rank(worst)) worst = severity;
      const isFirst = !ids.has(id);
      if (isFirst || rank(severity) > rank(ids.get(id) ?? 'info')) ids.set(id, severity);
      this.#countFinding(id, severity, advice, isFirst);
    }
    if (rank(worst) < rank('medium')) return;
    this.#needingAction += 1;
    this.#rows.push(toRow(record, worst, ids));
    if (this.#rows.length >= 2 * this.#rowLimit) this.#trim();
  }

  #countFinding(id: string, severity: Severity, advice: string, isFirst: boolean): void {
    const known = this.#findings.get(id);
    if (!known && this.#findings.size >= FINDING_IDS) return;
    this.#findings.set(id, {
      id,
      severity: known && rank(known.severity) > rank(severity) ? known.severity : severity,
      endpoints: (known?.endpoints ?? 0) + (isFirst ? 1 : 0),
      advice: known?.advice ?? cutText(cleanText(advice), ADVICE_CHARACTERS),
    });
  }

  #trim(): void {
    this.#rows.sort(compareRows);
    this.#rows.length = Math.min(this.#rows.length, this.#rowLimit);
  }
}

function toRow(record: InventoryRecord, severity: Severity, ids: ReadonlyMap<string, Severity>): ActionRow {
  const { certificate, status, grade, owner } = record;
  const name = certificate?.commonName ?? certificate?.subjectAltNames[0]?.replace(/^\w+:/, '');
  return {
    endpoint: tidy(formatEndpoint(record.endpoint)),
    status,
    severity,
    grade,
    commonName: name === undefined ? null : tidy(name),
    notAfter: certificate?.notAfter ?? null,
    owner: owner === null ? null : tidy(owner),
    findings: [...ids].sort(([, a], [, b]) => rank(b) - rank(a)).map(([id]) => id),
  };
}

function compareRows(a: ActionRow, b: ActionRow): number {
  return (
    rank(b.severity) - rank(a.severity) ||
    STATUSES.indexOf(a.status) - STATUSES.indexOf(b.status) ||
    compareText(a.notAfter ?? '~', b.notAfter ?? '~') ||
    compareText(a.endpoint, b.endpoint)
  );
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function tidy(text: string): string {
  return cutText(cleanText(text), NAME_CHARACTERS);
}

function rank(severity: Severity): number {
  return SEVERITIES.indexOf(severity);
}

function increase<Key>(counts: Map<Key, number>, key: Key): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
