/** Why a piece of text cannot be read, worded to follow the quoted text: `is no address: the last octet ...`. */
export interface Problem {
  readonly problem: string;
}

/** Whether reading a piece of text ended in a problem. */
export function isProblem(value: unknown): value is Problem {
  return typeof value === 'object' && value !== null && 'problem' in value;
}
