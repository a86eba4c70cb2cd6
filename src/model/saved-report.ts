/** What a saved report can be made of. */
export const REPORT_SUBJECTS = ['certificates', 'endpoints'] as const;

/** What a saved report can be made of. */
export type ReportSubject = (typeof REPORT_SUBJECTS)[number];

/** A report that is written again and again: what is in it, where it goes, when and to whom. All texts are as users wrote them. */
export interface SavedReport {
  /** What users call it; unique in an inventory. */
  readonly name: string;
  /** Null: the name says enough. */
  readonly title: string | null;
  readonly of: ReportSubject;
  /** Null: the format's own choice; so is what follows. */
  readonly fields: string | null;
  readonly where: string | null;
  readonly sort: string | null;
  /** Null: all rows. */
  readonly limit: number | null;
  /** Of endpoints: also those that gave no certificate. */
  readonly outcomes: boolean;
  readonly format: string;
  /** A file, in which `{date}` and `{name}` are replaced. */
  readonly out: string;
  /** Five fields of cron; null: only when it is asked for. */
  readonly schedule: string | null;
  /** Addresses of mail. */
  readonly recipients: readonly string[];
}
