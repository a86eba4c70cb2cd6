import type { RawBuilder, SqlBool } from 'kysely';

type Sql = RawBuilder<unknown>;

/** Where the answers to queries about a field come from; expressions are NULL where the value is unknown. */
export type FieldColumn =
  | { readonly type: 'value'; readonly value: Sql }
  | AddressColumn
  | KeyedColumn
  | KeyedListColumn
  | ListColumn
  | SplitColumn;

/** An address as its bytes, and as text for those who look into it. */
export interface AddressColumn {
  readonly type: 'address';
  readonly value: Sql;
  readonly text: Sql;
}

/** A value that many rows share, by the number that stands for it: what fits is looked up once, not for each row. */
export interface KeyedColumn extends SharedValues {
  readonly type: 'keyed';
  readonly value: Sql;
}

/** Any number of values, of which others share some. */
export interface KeyedListColumn {
  readonly type: 'keyed-list';
  readonly parts: readonly SharedValues[];
  /** Each form in which an entry may be written. */
  readonly forms: readonly Sql[];
}

/** Where values stand, and by which number of a row. */
export interface SharedValues {
  readonly key: Sql;
  /** What stands behind `from`, and the key in it. */
  readonly from: Sql;
  readonly fromKey: Sql;
}

/** Any number of values. */
export interface ListColumn {
  readonly type: 'list';
  /** What stands behind `from`. */
  readonly from: Sql;
  /** Each form in which an entry may be written. */
  readonly forms: readonly Sql[];
}

/** What some rows answer otherwise than the rest. */
export interface SplitColumn {
  readonly type: 'split';
  readonly when: RawBuilder<SqlBool>;
  /** Rows of which `then` is asked, joined for those that need it alone. */
  readonly from: Sql;
  readonly then: FieldColumn;
  readonly otherwise: FieldColumn;
}

/** The columns of a listing, by the ids of its fields. */
export type FieldColumns = Readonly<Record<string, FieldColumn>>;
