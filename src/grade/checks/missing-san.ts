import { readIpAddress } from '../../x509/ip-address.js';
import type { ParsedCertificate } from '../../x509/parsed-certificate.js';
import { commonNameMatches, matchServerName } from '../../x509/server-name.js';
import type { Check } from '../check.js';
import { shorten } from '../describe-certificate.js';

/** The certificate has no subject alternative name of the kind that clients look at. */
export const missingSan: Check = {
  id: 'missing-san',
  severity: 'medium',
  subject: 'certificate',
  title: 'The certificate has no subject alternative name to match',
  citation: 'RFC 9525, section 2; BR 7.1.2.7',
  advice:
    'Get a certificate that lists every name of the service as a subject alternative name (DNS entries for names, IP entries for addresses). Browsers have ignored the common name since 2017.',
  run({ leaf, name }) {
    if (name === null ? hasServerNames(leaf) : matchServerName(leaf, name).hasNames) return null;
    const kind =
      name === null ? 'DNS name or IP address' : readIpAddress(name) !== null ? 'IP address' : 'DNS name';
    const { commonName } = leaf.facts;
    let rest = 'and no common name either';
    if (commonName !== null) {
      rest = `only the common name ${shorten(commonName)}, which clients ignore`;
      if (name !== null) {
        rest += commonNameMatches(leaf, name)
          ? `, though it would match ${shorten(name)}`
          : `, and which is not ${shorten(name)}`;
      }
    }
    return {
      subject: leaf.facts.fingerprintSha256,
      message: `certificate has no ${kind} among its subject alternative names, ${rest}`,
    };
  },
};

function hasServerNames(certificate: ParsedCertificate): boolean {
  return (certificate.subjectAltNames ?? []).some(({ kind }) => kind === 'dns' || kind === 'ip');
}
