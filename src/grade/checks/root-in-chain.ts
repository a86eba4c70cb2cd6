import type { ParsedCertificate } from '../../x509/parsed-certificate.js';
import type { Check, Fault } from '../check.js';
import { describeCertificate } from '../describe-certificate.js';

/** The server sends the root too: it costs bytes in every handshake and helps nobody. */
export const rootInChain: Check = {
  id: 'root-in-chain',
  severity: 'info',
  subject: 'certificate',
  title: 'The server sends the root certificate',
  citation: 'RFC 8446, section 4.4.2; RFC 5246, section 7.4.2',
  advice:
    "Leave the root out of the service's chain file: clients that trust it have it, and others do not come to trust it by being sent it.",
  run({ presented, linked, leaf, search }) {
    // A root that no store holds is already `untrusted-root`: one cause, one finding.
    if (search.path.status === 'private') return null;
    const faults: Fault[] = [];
    const seen = new Set<string>([leaf.facts.fingerprintSha256]);
    for (const certificate of presented) {
      const { fingerprintSha256 } = certificate.facts;
      if (!isRoot(certificate) || seen.has(fingerprintSha256) || !linked.has(fingerprintSha256)) continue;
      seen.add(fingerprintSha256);
      faults.push({
        subject: fingerprintSha256,
        message: `the chain holds the root ${describeCertificate(certificate)}`,
      });
    }
    return faults;
  },
};

/**
 * By names and key identifiers: a CA's certificate for its new key, signed with the old one, is needed (RFC 4210,
 * section 4.4).
 */
function isRoot({
  facts,
  authorityKeyIdentifier: issuerKeyId,
  subjectKeyIdentifier: keyId,
}: ParsedCertificate) {
  if (facts.subject !== facts.issuer) return false;
  return issuerKeyId === null || keyId === null || Buffer.compare(issuerKeyId, keyId) === 0;
}
