import type { EndpointFacts } from './endpoint-facts.js';

/** What is wrong with a cipher suite, as its registered name tells. */
export const SUITE_TRAITS = {
  /** No encryption; also the TLS 1.3 suites of RFC 9150, which only vouch for what they carry. */
  null: /[_-]NULL([_-]|$)|^TLS_SHA(256_SHA256|384_SHA384)$/,
  anonymous: /_anon_|^TLS_NULL_/,
  /** Crippled for the export rules of the 1990s. */
  export: /_EXPORT/,
  /** Export suites aside, which have a fault of their own. */
  rc4: /^(?!.*_EXPORT).*_RC4_/,
  /** With a single key; export suites aside. */
  des: /^(?!.*_EXPORT).*_DES_(64|CBC)/,
  tripleDes: /_3DES_|_DES_192_/,
} as const satisfies Record<string, RegExp>;

/** Names of traits. */
export type SuiteTrait = keyof typeof SUITE_TRAITS;

/** Suites of TLS before 1.3 whose traffic stays secret when the server's key is stolen later. */
const FORWARD_SECRET = /^TLS_(ECDHE|DHE|PSK_DHE|ECDH_anon|DH_anon|CECPQ1|ECCPWD)_/;

/** Suites of TLS 1.3 with the names that suites had before it (RFC 9367). */
const GOST_TLS13 = /_MGM_[LS]$/;

/** A report needs the first of many suites and their number. */
const MAXIMUM_NAMED = 3;

/** Whether a suite, by its registered name, has forward secrecy; TLS 1.3 has no others. */
export function hasForwardSecrecy(name: string): boolean {
  if (!name.includes('_WITH_')) return name.startsWith('TLS_');
  return GOST_TLS13.test(name) || (FORWARD_SECRET.test(name) && !name.includes('_EXPORT'));
}

/** Suites that the server is known to accept, as its posture or the one handshake tells, by their trait. */
export function acceptedSuites({ handshake, posture }: EndpointFacts, trait: SuiteTrait): readonly string[] {
  const suites = new Set(posture?.cipherSuites.flatMap(({ names }) => names));
  if (handshake?.cipherSuite) suites.add(handshake.cipherSuite);
  const pattern = SUITE_TRAITS[trait];
  return [...suites].filter((name) => pattern.test(name));
}

/** Names the first of some suites: `accepts A and B`, `accepts A, B, C and 5 more`. */
export function listSuites(names: readonly string[]): string {
  const shown = names.slice(0, MAXIMUM_NAMED);
  const rest = names.length - shown.length;
  const last = rest > 0 ? `${rest} more` : shown.pop();
  return shown.length === 0 ? (last ?? '') : `${shown.join(', ')} and ${last}`;
}
