/** Data is protected by a password, and none was given, or not this one. */
export class PasswordError extends Error {
  override readonly name = 'PasswordError';
}
