/** What is known of a yes-or-no question. */
export interface Answered<Value = boolean> {
  /** Null: not known. */
  readonly value: Value | null;
  /** Why it is not known; null: it is. */
  readonly reason: string | null;
  /** Whether the question makes no sense for this server: nothing is missing then. */
  readonly isMoot: boolean;
}

/** It is known. */
export function answered<Value>(value: Value): Answered<Value> {
  return { value, reason: null, isMoot: false };
}

/** It could not be found out. */
export function unanswered(reason: string): Answered<never> {
  return { value: null, reason, isMoot: false };
}

/** It does not apply. */
export function moot(reason: string): Answered<never> {
  return { value: null, reason, isMoot: true };
}
