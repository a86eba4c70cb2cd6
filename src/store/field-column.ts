import type { RawBuilder } from 'kysely';

type Sql = RawBuilder<unknown>;

/** Where the answers to queries about a field come from; expressions are NULL where the value is unknown. */
export type FieldColumn = { readonly type: 'value'; readonly value: Sql } | AddressColumn | ListColumn;

/** An address as its bytes, and as text for those who look into it. */
export interface AddressColumn {
  readonly type: 'address';
  readonly value: Sql;
  readonly text: Sql;
}

/** Any number of values. */
export interface ListColumn {
  readonly type: 'list';
  /** What stands behind `from`. */
  readonly from: Sql;
  /** Each form in which an entry may be written. */
  readonly forms: readonly Sql[];
}

/** The columns of a listing, by the ids of its fields. */
export type FieldColumns = Readonly<Record<string, FieldColumn>>;
