import { ProbeFailure } from '../probe-failure.js';
import { toPrintable } from './printable.js';

/**
 * The failure of a server that will not turn to TLS: a short code (the protocol's own, or `not-offered`), what
 * happened, and the server's words as it said them.
 */
export function refusal(code: string, what: string, words = ''): ProbeFailure {
  const said = toPrintable(words);
  return new ProbeFailure('starttls-refused', 'starttls', code, said === '' ? what : `${what}: ${said}`);
}
