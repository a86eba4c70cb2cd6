/** The bytes are not what they should be: the one failure that reading certificates and their parts can end in. */
export class DerError extends Error {
  override readonly name = 'DerError';
}
