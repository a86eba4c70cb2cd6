import type { Operator } from './query.js';

/** What can be listed, each with fields of its own. */
export const LISTINGS = ['endpoints', 'certificates'] as const;

/** One of the things that can be listed. */
export type Listing = (typeof LISTINGS)[number];

/** Kinds of values: `hex` is text of hexadecimal digits, `choice` one of a closed list, `address` an IP address. */
export type FieldType = 'text' | 'hex' | 'number' | 'time' | 'choice' | 'address';

/** Something that queries ask about. */
export interface Field {
  /** The id of the column that shows it, where there is one. */
  readonly id: string;
  /** Other names of it. */
  readonly aliases?: readonly string[];
  readonly type: FieldType;
  /** It has any number of values, each of this type. */
  readonly isList?: true;
  /** All values that there are; in their order, the least first, where `isOrdered`. */
  readonly choices?: readonly string[];
  /** Other spellings of choices. */
  readonly spellings?: Readonly<Record<string, string>>;
  readonly isOrdered?: true;
  /** A duration without a sign is one to come. */
  readonly facesFuture?: true;
  readonly listings: readonly Listing[];
  /** What it is, for the manual. */
  readonly meaning: string;
}

/** Whether a field is one of yes and no, so that its name alone asks for yes. */
export function isFlag({ choices }: Field): boolean {
  return choices?.join() === 'no,yes';
}

const EQUALITY: readonly Operator[] = ['=', '!='];
const ORDER: readonly Operator[] = [...EQUALITY, '<', '<=', '>', '>='];
const CONTENT: readonly Operator[] = [...EQUALITY, '~', '!~'];

/** The operators that a field takes, besides `in` and `:`, which every field takes. */
export function operatorsOf(field: Field): readonly Operator[] {
  if (field.type === 'number' || field.type === 'time') return ORDER;
  if (field.type === 'choice') return field.isOrdered ? ORDER : EQUALITY;
  return CONTENT;
}
