import { PasswordError } from '../x509/password-error.js';
import type { PasswordSource } from './password-source.js';

/**
 * Opens what may be protected by a password: without one first, and with the one of the source where that is refused.
 * `isLocked` tells of something that opened, but not all of it.
 */
export async function openProtected<Opened>(
  open: (password?: string) => Opened,
  file: string,
  source: PasswordSource,
  isLocked: (opened: Opened) => boolean = () => false,
): Promise<Opened> {
  const first = tryOpen(open);
  if (!(first instanceof PasswordError) && !isLocked(first)) return first;
  const password = await source(file);
  if (password !== null) return open(password);
  if (!(first instanceof PasswordError)) return first;
  throw new PasswordError(
    `${first.message}: name a file that holds it with --password-file, or a variable with --password-env`,
  );
}

function tryOpen<Opened>(open: (password?: string) => Opened): Opened | PasswordError {
  try {
    return open();
  } catch (error) {
    if (error instanceof PasswordError) return error;
    throw error;
  }
}
