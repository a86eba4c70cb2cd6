import type { Compilable, Kysely } from 'kysely';

/** One step from a version of the schema to the next. */
export interface Migration {
  /** The version that it leads to: 1 for the first. */
  readonly version: number;
  /** What is true now, and all numbers that follow from it, stay as they are; absent: they are made anew. */
  readonly keepsView?: true;
  /** Statements in the order in which they must run; the caller puts them into one transaction. */
  statements(db: Kysely<unknown>): readonly Compilable[];
}
