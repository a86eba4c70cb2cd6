/** How values are compared; `~` is for texts that contain another. */
export type Operator = '=' | '!=' | '<' | '<=' | '>' | '>=' | '~' | '!~';

/** What a query asks of one record or certificate, as a tree. */
export type Query = AllOf | AnyOf | Negation | Presence | Test;

/** Every one of them holds; there are at least two. */
export interface AllOf {
  readonly kind: 'and';
  readonly of: readonly Query[];
}

/** One of them holds; there are at least two. */
export interface AnyOf {
  readonly kind: 'or';
  readonly of: readonly Query[];
}

/** It does not hold. */
export interface Negation {
  readonly kind: 'not';
  readonly of: Query;
}

/** The field's value is known; of a list: it has an entry. */
export interface Presence {
  readonly kind: 'has';
  /** Id of a field. */
  readonly field: string;
}

/**
 * A comparison of one field. Several values mean: with `=` any of them, with `!=` none of them. What is unknown compares
 * as false, whatever the operator. Of a list one entry will do, and with `!=` and `!~` none may.
 */
export type Test = TextTest | NumberTest | TimeTest | ChoiceTest | AddressTest;

/** Letters A to Z compare in any case. */
export interface TextTest {
  readonly kind: 'text';
  readonly field: string;
  readonly operator: '=' | '!=' | '~' | '!~';
  readonly values: readonly TextPattern[];
}

/** Pieces of text in this order with anything between them; a single one is the whole text. */
export type TextPattern = readonly string[];

export interface NumberTest {
  readonly kind: 'number';
  readonly field: string;
  readonly operator: Exclude<Operator, '~' | '!~'>;
  readonly values: readonly number[];
}

export interface TimeTest {
  readonly kind: 'time';
  readonly field: string;
  readonly operator: Exclude<Operator, '~' | '!~'>;
  readonly values: readonly TimeValue[];
}

/** A time as it was written. */
export type TimeValue = TimeSpan | RelativeTime;

/** A year, month, day, minute, second or millisecond; milliseconds since 1970, UTC. */
export interface TimeSpan {
  readonly text: string;
  readonly from: number;
  /** The first moment after it. */
  readonly until: number;
}

/** A moment counted from now: days after it, or before it when negative. */
export interface RelativeTime {
  readonly amount: number;
  readonly unit: TimeUnit;
}

/** Minutes, hours, days, weeks of 7 and years of 365 days. */
export type TimeUnit = 'm' | 'h' | 'd' | 'w' | 'y';

/** The order is that of the field's choices; values are spelt as there. */
export interface ChoiceTest {
  readonly kind: 'choice';
  readonly field: string;
  readonly operator: Exclude<Operator, '~' | '!~'>;
  readonly values: readonly string[];
}

export interface AddressTest {
  readonly kind: 'address';
  readonly field: string;
  readonly operator: '=' | '!=';
  readonly values: readonly Subnet[];
}

/** All addresses from the first to the last; 4 or 16 bytes in network order. */
export interface Subnet {
  readonly text: string;
  readonly first: Uint8Array;
  readonly last: Uint8Array;
}

/** A query and the moment that its relative times count from. */
export interface Matching {
  readonly query: Query;
  readonly now: Date;
}
