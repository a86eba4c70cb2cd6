/** The user erred: the message names the input, the place in it and the fix. The process ends with exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
