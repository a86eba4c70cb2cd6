import type { Compilable, Kysely } from 'kysely';

/** One step from a version of the schema to the next. */
export interface Migration {
  /** The version that it leads to: 1 for the first. */
  readonly version: number;
  /** Statements in the order in which they must run; the caller puts them into one transaction. */
  statements(db: Kysely<unknown>): readonly Compilable[];
}
