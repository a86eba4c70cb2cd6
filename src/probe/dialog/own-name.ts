import os from 'node:os';

/** What mail servers that check the name for its form take from a machine without one. */
const FALLBACK = 'localhost.localdomain';

/** Labels of letters, digits and hyphens, at least two of them (RFC 5321, section 4.1.2). */
const DOMAIN = /^[a-z0-9](?:[a-z0-9-]{0,62}\.)+[a-z0-9-]{0,62}[a-z0-9]$/i;

/** The name by which we introduce ourselves to mail servers: this machine's, where it is a full one. */
export function ownName(hostname: string = os.hostname()): string {
  return hostname.length <= 253 && DOMAIN.test(hostname) ? hostname : FALLBACK;
}
