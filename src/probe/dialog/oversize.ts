import { ProbeFailure } from '../probe-failure.js';

/** The failure of a server whose one answer is longer than the limit for it. */
export function oversize(what: string, limitBytes: number): ProbeFailure {
  return new ProbeFailure(
    'too-large',
    'starttls',
    'too-large',
    `${what} is longer than ${limitBytes} bytes, the most that is read`,
  );
}
