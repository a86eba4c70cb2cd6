/** How far a probe can get: `tls`, or why it did not get there. The list is closed; reports and queries rely on it. */
export const OUTCOMES = [
  'tls',
  'refused',
  'unreachable',
  'connect-timeout',
  'reset',
  'closed',
  'not-tls',
  'starttls-refused',
  'alert',
  'handshake-timeout',
  'malformed',
  'too-large',
  'unresolved',
  'cancelled',
  'internal',
] as const;

/** How far a probe got. */
export type Outcome = (typeof OUTCOMES)[number];
