import type { Certificate } from '../model/certificate.js';
import type { Refuse } from './foreign-source.js';

/** Characters of one text of a certificate: far beyond honest names. */
const MAX_TEXT = 65_536;

/** Names of one certificate: the largest CDNs have some thousand. */
const MAX_NAMES = 10_000;

/** The facts of a certificate that were told; all others stay unknown. */
export function makeToldFacts(
  told: Partial<Certificate> & { fingerprintSha256: string },
  fail: Refuse,
): Certificate {
  const facts: Certificate = {
    commonName: null,
    subject: told.commonName ? `CN=${told.commonName.replace(/[,+"\\<>;]/g, '\\$&')}` : '',
    issuer: '',
    subjectAltNames: [],
    serialNumber: '',
    notBefore: null,
    notAfter: null,
    keyType: '',
    keyBits: null,
    signatureAlgorithm: '',
    validation: 'Unknown',
    spkiSha256: '',
    ...told,
  };
  const { commonName, subject, issuer, keyType, signatureAlgorithm, subjectAltNames } = facts;
  if (subjectAltNames.length > MAX_NAMES) return fail(`has a certificate of more than ${MAX_NAMES} names`);
  const texts = [commonName ?? '', subject, issuer, keyType, signatureAlgorithm, ...subjectAltNames];
  if (texts.some(({ length }) => length > MAX_TEXT))
    return fail(`has a name of more than ${MAX_TEXT} characters`);
  return facts;
}
