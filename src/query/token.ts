import type { Place } from './point-at.js';
import type { TextPattern } from './query.js';

/** A piece of a query. */
export interface Token extends Place {
  readonly kind: 'word' | 'value' | 'operator' | 'open' | 'close' | 'comma' | 'end';
  /** As it is written. */
  readonly text: string;
  /** What a value means: quotes and backslashes resolved, cut at its asterisks. */
  readonly parts: TextPattern;
}
