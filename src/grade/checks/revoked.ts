import type { Revocation } from '../../model/revocation.js';
import { formatTime } from '../../model/time.js';
import type { Check, Fault } from '../check.js';
import { describeCertificate, shorten } from '../describe-certificate.js';
import { STAPLE_SOURCE } from '../staple.js';

/** A certificate of the path has been revoked. */
export const revoked: Check = {
  id: 'revoked',
  severity: 'critical',
  subject: 'certificate',
  title: 'The certificate, or one of its issuers, has been revoked',
  citation: 'RFC 5280, sections 3.3 and 6.3; RFC 6960',
  advice:
    'Make a new key, have a new certificate issued for it, and replace both now: a revocation is not taken back, and the key may be in the hands of others. If an issuer was revoked, have the CA issue anew from another.',
  run({ leaf, search, revocations }) {
    const faults: Fault[] = [];
    for (const certificate of search.certificates) {
      const subject = certificate.facts.fingerprintSha256;
      const revocation = revocations.get(subject);
      if (revocation?.status !== 'revoked') continue;
      const what = certificate === leaf ? 'certificate' : `the issuer ${describeCertificate(certificate)}`;
      faults.push({ subject, message: `${what} was revoked${describeRevocation(revocation)}` });
    }
    return faults;
  },
};

function describeRevocation({ at, reason, source }: Extract<Revocation, { status: 'revoked' }>): string {
  const when = at === null ? '' : ` on ${formatTime(at)}`;
  const why = reason === null ? 'no reason given' : `reason: ${reason}`;
  const who = source === STAPLE_SOURCE ? 'the stapled OCSP response' : shorten(source);
  return `${when} (${why}), as ${who} says`;
}
