import { formatDays, formatTime } from '../../model/time.js';
import type { ParsedCertificate } from '../../x509/parsed-certificate.js';
import type { Check, Fault } from '../check.js';
import { describeCertificate } from '../describe-certificate.js';

/**
 * A certificate above the leaf has expired. Where another path holds, clients that do not look for it still fail, as
 * they did when the AddTrust External root ended in 2020. A trust anchor's end concerns few clients: it is mild.
 */
export const expiredChainCertificate: Check = {
  id: 'expired-chain-certificate',
  severity: 'high',
  subject: 'certificate',
  title: "A certificate above the server's own has expired",
  citation: 'RFC 5280, section 6.1.3 (a)(2)',
  advice:
    "Replace the expired certificate in the service's chain file by the CA's current one; the CA's site lists it. If a root has expired, the CA must give a new one to all clients.",
  run({ leaf, presented, search, linked, now }) {
    const { path, certificates } = search;
    const isSound = path.status === 'trusted' || path.status === 'private';
    const anchor = isSound ? certificates.at(-1) : undefined;
    const above = new Map<string, ParsedCertificate>();
    const miss = search.problem === null ? [] : [search.problem.certificate];
    for (const certificate of [...certificates, ...miss])
      above.set(certificate.facts.fingerprintSha256, certificate);
    for (const certificate of presented) {
      const { fingerprintSha256 } = certificate.facts;
      if (linked.has(fingerprintSha256)) above.set(fingerprintSha256, certificate);
    }
    above.delete(leaf.facts.fingerprintSha256);

    const faults: Fault[] = [];
    for (const [subject, certificate] of above) {
      const { notAfter } = certificate;
      if (notAfter === null || now <= notAfter) continue;
      const what = `${describeCertificate(certificate)} expired on ${formatTime(notAfter)}, ${formatDays(now - notAfter)} ago`;
      if (certificate === anchor) {
        faults.push({ subject, message: `the root ${what}; most clients ignore that`, severity: 'low' });
      } else if (isSound) {
        faults.push({
          subject,
          message: `the chain's ${what}; a valid path exists without it`,
          severity: 'medium',
        });
      } else {
        faults.push({ subject, message: `the chain's ${what}` });
      }
    }
    return faults;
  },
};
