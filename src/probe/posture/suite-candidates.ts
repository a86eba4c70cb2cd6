import { CIPHER_SUITES, type CipherSuite } from '../hello/cipher-suites.js';
import { PROTOCOL_VERSIONS, type ProtocolVersion } from '../hello/protocol-versions.js';

const STRENGTHS: readonly CipherSuite['strength'][] = ['insecure', 'weak', 'secure', 'recommended'];

/** The suite of a connection that has not been protected yet, which nobody can choose (RFC 5246, appendix A.5). */
const INITIAL_STATE = 0x0000;

/** Nominal key sizes end at 256 bits. */
const MORE_THAN_ANY_KEY = 1024;

/** What servers are really set up with: the first half of the candidates. */
const COMMON_KEY_EXCHANGES = new Set(['RSA', 'DHE', 'ECDHE']);
const COMMON_AUTHENTICATIONS = new Set(['RSA', 'ECDSA']);
const COMMON_ENCRYPTION = /^(AES|CHACHA|3DES|RC4)/;

/**
 * The suites to try in a version, by number, common ones first. Suites that the standards took out of later versions
 * stay in, as old servers choose them all the same (DES and export suites in TLS 1.2); those not yet invented are left
 * out.
 */
export function listSuiteCandidates(version: ProtocolVersion): readonly number[] {
  const newest = PROTOCOL_VERSIONS.indexOf(version);
  const isTls13 = version === 'TLSv1.3';
  return [...CIPHER_SUITES.values()]
    .filter(({ id }) => id !== INITIAL_STATE)
    .filter(({ minVersion }) => (minVersion === 'TLSv1.3') === isTls13)
    .filter(({ minVersion }) => PROTOCOL_VERSIONS.indexOf(minVersion) <= newest)
    .sort((a, b) => Number(isCommon(b)) - Number(isCommon(a)))
    .map(({ id }) => id);
}

/**
 * Sorts suites for an offer, the weakest first: a server that leaves the choice to the client answers with its worst at
 * once, and one with an order of its own gives itself away, as nobody orders like this.
 */
export function sortWeakestFirst(suites: readonly number[]): readonly number[] {
  return [...suites].sort((a, b) => strengthOf(a) - strengthOf(b) || a - b);
}

function strengthOf(id: number): number {
  const suite = CIPHER_SUITES.get(id);
  if (!suite) return 0;
  const merits = (suite.hasForwardSecrecy ? 2 : 0) + (suite.mac === 'AEAD' ? 1 : 0);
  return (STRENGTHS.indexOf(suite.strength) * 4 + merits) * MORE_THAN_ANY_KEY + suite.bits;
}

function isCommon({ keyExchange, authentication, encryption, isExport }: CipherSuite): boolean {
  return (
    COMMON_KEY_EXCHANGES.has(keyExchange) &&
    COMMON_AUTHENTICATIONS.has(authentication) &&
    COMMON_ENCRYPTION.test(encryption) &&
    !isExport
  );
}
