import { TLS_VERSIONS, type TlsVersion } from '../model/posture.js';
import type { EndpointFacts } from './endpoint-facts.js';
import type { LetterRule } from './letter-rule.js';
import { offersVersion } from './offers-version.js';
import { findSuiteStrength } from './suite-strength.js';
import { acceptedSuites, hasForwardSecrecy, SUITE_TRAITS } from './suite-traits.js';

/** Least strength of a cipher (SSL Labs SSL Server Rating Guide 2009e, and NIST SP 800-131A). */
const LEAST_CIPHER_BITS = 112;

/** Suites that encrypt and authenticate in one (RFC 5116). */
const AEAD = /_(GCM|CCM|POLY1305|MGM|ASCON\w*|AEGIS)(_|$)|_AEGIS_/;

/** Ciphers with blocks of 64 bits: collisions come up after some gigabytes (CVE-2016-2183). */
const SHORT_BLOCK = /_(3DES|DES40|DES|IDEA|RC2)_|_MAGMA_CTR|28147/;

/** Versions for which clients have had better than RC4 and 3DES since they exist. */
const RECENT: readonly TlsVersion[] = ['TLSv1.1', 'TLSv1.2', 'TLSv1.3'];

const GUIDE = 'SSL Labs SSL Server Rating Guide';

/** The rules of the configuration's letter, worst first. What is not proven caps nothing. */
export const CONFIGURATION_LETTER_RULES: readonly LetterRule<EndpointFacts>[] = [
  {
    rule: 'sslv2',
    cap: 'F',
    message: 'SSLv2 is offered',
    citation: `${GUIDE} 2009c; RFC 6176`,
    applies: (facts) => offersVersion(facts, 'SSLv2'),
  },
  {
    rule: 'only-sslv3',
    cap: 'F',
    message: 'nothing better than SSLv3 is offered',
    citation: `${GUIDE} 2009i; RFC 7568`,
    applies: (facts) => isBestBelow(facts, 'TLSv1'),
  },
  {
    rule: 'null-cipher',
    cap: 'F',
    message: 'a suite without encryption is accepted',
    citation: `${GUIDE}, "Cipher strength"`,
    applies: (facts) => acceptedSuites(facts, 'null').length > 0,
  },
  {
    rule: 'anonymous-cipher',
    cap: 'F',
    message: 'a suite without a certificate is accepted',
    citation: `${GUIDE}, "Key exchange"`,
    applies: (facts) => acceptedSuites(facts, 'anonymous').length > 0,
  },
  {
    rule: 'weak-cipher',
    cap: 'F',
    message: 'a suite of less than 112 bits is accepted, such as an export suite or DES',
    citation: `${GUIDE} 2009e; NIST SP 800-131A revision 2, section 2`,
    applies: (facts) =>
      listSuites(facts).some((name) => {
        const bits = findSuiteStrength(name);
        return bits !== null && bits > 0 && bits < LEAST_CIPHER_BITS;
      }),
  },
  {
    rule: 'only-rc4',
    cap: 'F',
    message: 'no cipher but RC4 is accepted',
    citation: `${GUIDE} 2009k; RFC 7465`,
    applies: (facts) =>
      knowsAllSuites(facts) && listSuites(facts).every((name) => SUITE_TRAITS.rc4.test(name)),
  },
  {
    rule: 'breakable-dh-group',
    cap: 'F',
    message: 'a Diffie-Hellman group of less than 1024 bits is used',
    citation: `${GUIDE} 2009e; RFC 9325, section 4.1`,
    applies: (facts) => hasGroupBelow(facts, 1024),
  },
  {
    rule: 'no-tls12',
    cap: 'C',
    message: 'neither TLS 1.2 nor TLS 1.3 is offered',
    citation: `${GUIDE} 2009j; RFC 8996`,
    applies: (facts) => isBestBelow(facts, 'TLSv1.2'),
  },
  {
    rule: 'compression',
    cap: 'C',
    message: 'records are compressed, which gives secrets away (CRIME)',
    citation: `${GUIDE} 2009j; RFC 9325, section 3.3`,
    applies: ({ handshake, posture }) =>
      posture?.compression === true || handshake?.compression === 'deflate',
  },
  {
    rule: 'sslv3-cbc',
    cap: 'C',
    message: 'SSLv3 is offered with CBC suites (POODLE)',
    citation: `${GUIDE} 2009g; RFC 7568`,
    applies: ({ handshake, posture }) =>
      (posture?.cipherSuites ?? []).some(
        ({ version, names }) => version === 'SSLv3' && names.some((name) => name.includes('_CBC_')),
      ) ||
      (handshake?.version === 'SSLv3' && (handshake.cipherSuite ?? '').includes('_CBC_')),
  },
  {
    rule: 'rc4-with-recent-clients',
    cap: 'C',
    message: 'RC4 is chosen for clients that know TLS 1.1 or newer',
    citation: `${GUIDE} 2009j; RFC 7465`,
    applies: (facts) => isChosen(facts, RECENT, (name) => SUITE_TRAITS.rc4.test(name)),
  },
  {
    rule: 'short-block-with-recent-clients',
    cap: 'C',
    message: 'a cipher with blocks of 64 bits is chosen for clients that know TLS 1.1 or newer (Sweet32)',
    citation: `${GUIDE}, changes of 2017; RFC 9325, section 4.1`,
    applies: (facts) => isChosen(facts, RECENT, (name) => SHORT_BLOCK.test(name)),
  },
  {
    rule: 'sslv3',
    cap: 'B',
    message: 'SSLv3 is offered',
    citation: `${GUIDE} 2009h; RFC 7568`,
    applies: (facts) => offersVersion(facts, 'SSLv3'),
  },
  {
    rule: 'tls10',
    cap: 'B',
    message: 'TLS 1.0 is offered',
    citation: `${GUIDE} 2009q; RFC 8996`,
    applies: (facts) => offersVersion(facts, 'TLSv1'),
  },
  {
    rule: 'tls11',
    cap: 'B',
    message: 'TLS 1.1 is offered',
    citation: `${GUIDE} 2009q; RFC 8996`,
    applies: (facts) => offersVersion(facts, 'TLSv1.1'),
  },
  {
    rule: 'rc4-cipher',
    cap: 'B',
    message: 'RC4 is accepted',
    citation: `${GUIDE} 2009i; RFC 7465`,
    applies: (facts) => acceptedSuites(facts, 'rc4').length > 0,
  },
  {
    rule: 'weak-dh-group',
    cap: 'B',
    message: 'a Diffie-Hellman group of less than 2048 bits is used',
    citation: `${GUIDE} 2009j; RFC 9325, section 4.1`,
    applies: (facts) => hasGroupBelow(facts, 2048),
  },
  {
    rule: 'no-forward-secrecy',
    cap: 'B',
    message: 'a suite without forward secrecy is chosen for up-to-date clients',
    citation: `${GUIDE}, changes of 2018; RFC 9325, section 4.1`,
    applies: (facts) => {
      const newest = newestOffered(facts);
      return newest !== null && isChosen(facts, [newest], (name) => !hasForwardSecrecy(name));
    },
  },
  {
    rule: 'no-aead',
    cap: 'B',
    message: 'no suite with authenticated encryption is accepted',
    citation: `${GUIDE}, changes of 2018; RFC 9325, section 4.2`,
    applies: (facts) => knowsAllSuites(facts) && !listSuites(facts).some((name) => AEAD.test(name)),
  },
  {
    rule: 'no-tls13',
    cap: 'A-',
    message: 'TLS 1.3 is not offered',
    citation: `${GUIDE} 2009r; RFC 9325, section 3.1.1`,
    applies: ({ posture }) => posture?.versions['TLSv1.3'] === false,
  },
  {
    rule: 'insecure-renegotiation',
    cap: 'A-',
    message: 'secure renegotiation is not known to the server',
    citation: `${GUIDE}, "Warnings"; RFC 5746`,
    applies: ({ posture }) => posture?.secureRenegotiation === false,
  },
];

function listSuites({ handshake, posture }: EndpointFacts): readonly string[] {
  const names = (posture?.cipherSuites ?? []).flatMap((list) => list.names);
  return handshake?.cipherSuite ? [...names, handshake.cipherSuite] : names;
}

/** Whether every list of suites is there, and whole: else what a server lacks is not known. */
function knowsAllSuites({ posture }: EndpointFacts): boolean {
  const lists = posture?.cipherSuites ?? [];
  return lists.length > 0 && lists.every(({ complete, names }) => complete && names.length > 0);
}

/** The newest version that a server is known to offer, where it is known of all newer ones that it does not. */
function newestOffered({ handshake, posture }: EndpointFacts): TlsVersion | null {
  if (posture === null) return RECENT.find((version) => version === handshake?.version) ?? null;
  for (const version of TLS_VERSIONS.toReversed()) {
    const isOffered = posture.versions[version];
    if (isOffered !== false) return isOffered ? version : null;
  }
  return null;
}

function isBestBelow(facts: EndpointFacts, version: TlsVersion): boolean {
  const newest = facts.posture === null ? null : newestOffered(facts);
  return newest !== null && TLS_VERSIONS.indexOf(newest) < TLS_VERSIONS.indexOf(version);
}

/**
 * Whether, in one of some versions, a client with good suites ends up with a bad one: the server prefers it, or has no
 * other. The one handshake tells the same of recent versions, in which we offer good suites first; in older ones we
 * may have fallen back to a hello without them.
 */
function isChosen(
  { handshake, posture }: EndpointFacts,
  versions: readonly TlsVersion[],
  isBad: (name: string) => boolean,
): boolean {
  const lists = posture?.cipherSuites.filter(({ version }) => versions.includes(version)) ?? [];
  const isByLists = lists.some(({ order, names, complete }) => {
    const [first] = names;
    if (first === undefined) return false;
    return order === 'server' ? isBad(first) : complete && names.every(isBad);
  });
  const isByHandshake =
    handshake?.cipherSuite != null &&
    RECENT.some((version) => version === handshake.version && versions.includes(version)) &&
    isBad(handshake.cipherSuite);
  return isByLists || isByHandshake;
}

function hasGroupBelow({ handshake, posture }: EndpointFacts, bits: number): boolean {
  const negotiated = /^dh-(\d+)$/.exec(handshake?.group ?? '');
  if (negotiated && Number(negotiated[1]) < bits) return true;
  return (posture?.ephemeralKeys ?? []).some((key) => key.kind === 'dh' && key.bits < bits);
}
