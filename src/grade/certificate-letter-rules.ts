import { EXPIRED_REASON, hasExpired } from '../model/expired.js';
import type { PathStatus } from '../model/path.js';
import { matchServerName } from '../x509/server-name.js';
import type { ChainFacts } from './chain-facts.js';
import type { LetterRule } from './letter-rule.js';
import { listReliedSignatures } from './relied-signatures.js';

/** Smaller keys can be broken: 80 bits of security (NIST SP 800-57 part 1, table 2). */
const BREAKABLE = { rsa: 1024, ec: 160 };
/** Smaller keys are out of use: 112 bits of security. */
const OUT_OF_USE = { rsa: 2048, ec: 224 };

/** Digests whose collisions forge certificates: MD5 and those before it. */
const BROKEN: ReadonlySet<string> = new Set(['md2', 'md4', 'md5']);

const GUIDE = 'SSL Labs SSL Server Rating Guide';

/** The rules of the certificate's letter, worst first. */
export const CERTIFICATE_LETTER_RULES: readonly LetterRule<ChainFacts>[] = [
  untrusted('self-signed', 'self-signed', 'the certificate is self-signed, and no trust store holds it'),
  untrusted('untrusted-root', 'private', 'its path ends in a root that no trust store holds'),
  untrusted('distrusted-ca', 'untrusted', 'its path ends at a CA that has been distrusted'),
  untrusted('invalid-path', 'invalid', 'every path of its chain breaks a rule'),
  {
    rule: 'unknown-issuer',
    cap: 'T',
    message: 'its chain leads to no trust store, not even with what is known from elsewhere',
    citation: `${GUIDE}, "Certificate inspection"`,
    applies: ({ search }) => search.path.status === 'incomplete' && !isCompletable(search),
  },
  {
    ...EXPIRED_REASON,
    applies: ({ leaf, now }) => leaf.notAfter !== null && hasExpired(leaf.notAfter, now),
  },
  {
    rule: 'not-yet-valid',
    cap: 'T',
    message: 'the certificate is not valid yet',
    citation: `${GUIDE}, "Certificate inspection"`,
    applies: ({ leaf, now }) => leaf.notBefore !== null && now < leaf.notBefore,
  },
  {
    rule: 'revoked',
    cap: 'T',
    message: 'the certificate, or one of its issuers, has been revoked',
    citation: `${GUIDE}, "Certificate inspection"`,
    applies: ({ revocations, search }) =>
      search.certificates.some(({ facts }) => revocations.get(facts.fingerprintSha256)?.status === 'revoked'),
  },
  {
    rule: 'sha1-signature',
    cap: 'T',
    message: 'the certificate is signed with SHA-1',
    citation: `${GUIDE}, changes of 2017; BR 7.1.3.2`,
    applies: (facts) =>
      facts.leaf.signatureAlgorithm.hash === 'sha1' && listReliedSignatures(facts).includes(facts.leaf),
  },
  {
    rule: 'hostname-mismatch',
    cap: 'M',
    message: 'the certificate is not for the name asked for',
    citation: `${GUIDE}, "Certificate inspection"; RFC 9525, section 6`,
    applies: ({ leaf, name }) => name !== null && !matchServerName(leaf, name).matches,
  },
  {
    rule: 'weak-key',
    cap: 'F',
    message: 'the private key is public, or can be computed',
    citation: `${GUIDE}, "Key exchange" (a weak key of Debian scores 0)`,
    applies: (facts) =>
      facts.search.certificates.some((each) =>
        facts.testKey(each).some(({ severity }) => severity === 'critical'),
      ),
  },
  {
    rule: 'md5-signature',
    cap: 'F',
    message: 'a certificate is signed with MD5 or an older digest',
    citation: `${GUIDE} 2009e; RFC 6151`,
    applies: (facts) =>
      listReliedSignatures(facts).some(
        ({ signatureAlgorithm: { hash } }) => hash !== null && BROKEN.has(hash),
      ),
  },
  {
    rule: 'breakable-key',
    cap: 'F',
    message: 'a key has less than 80 bits of security: RSA below 1024 bits, or a curve below 160',
    citation: `${GUIDE} 2009e; NIST SP 800-57 part 1, table 2`,
    applies: (facts) => hasKeyBelow(facts, BREAKABLE),
  },
  {
    rule: 'short-key',
    cap: 'B',
    message: 'a key has less than 112 bits of security: RSA below 2048 bits, or a curve below 224',
    citation: `${GUIDE} 2009e; NIST SP 800-131A revision 2, section 3`,
    applies: (facts) => hasKeyBelow(facts, OUT_OF_USE),
  },
  {
    rule: 'missing-intermediate',
    cap: 'B',
    message: 'the server does not send an intermediate certificate that is known from elsewhere',
    citation: `${GUIDE} 2009i; RFC 8446, section 4.4.2`,
    applies: ({ search }) => isCompletable(search),
  },
];

/** A rule for one way of not being trusted by any store. */
function untrusted(rule: string, status: PathStatus, message: string): LetterRule<ChainFacts> {
  return {
    rule,
    cap: 'T',
    message,
    citation: `${GUIDE}, "Certificate inspection"`,
    applies: ({ search }) => search.path.status === status,
  };
}

/** Whether all that lacks for a trusted path is a certificate that is known from elsewhere. */
function isCompletable({ missingIssuer }: ChainFacts['search']): boolean {
  return missingIssuer !== null && missingIssuer.trustStores.length > 0;
}

function hasKeyBelow({ search }: ChainFacts, least: { readonly rsa: number; readonly ec: number }): boolean {
  return search.certificates.some(({ publicKey: { type, bits } }) => {
    if (bits === null) return false;
    return /^(RSA|DSA)/.test(type) ? bits < least.rsa : type === 'EC' && bits < least.ec;
  });
}
