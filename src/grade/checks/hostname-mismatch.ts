import { commonNameMatches, matchServerName } from '../../x509/server-name.js';
import type { Check } from '../check.js';
import { shorten } from '../describe-certificate.js';
import { listNames } from '../list-names.js';

/**
 * The certificate is not for the name that was asked for. Where its common name fits and only the subject alternative
 * name is missing, the fault is that of `missing-san`.
 */
export const hostnameMismatch: Check = {
  id: 'hostname-mismatch',
  severity: 'high',
  subject: 'certificate',
  title: 'The certificate is not for the name asked for',
  citation: 'RFC 9525, section 6',
  advice:
    'Get a certificate whose subject alternative names include the name asked for, or correct the name in DNS or in the scan. If the service holds several certificates, check which it sends for this server name.',
  run({ leaf, name }) {
    if (name === null) return null;
    const match = matchServerName(leaf, name);
    if (match.matches || (!match.hasNames && commonNameMatches(leaf, name))) return null;
    const { commonName } = leaf.facts;
    const ownName = commonName === null ? 'no name at all' : `the common name ${shorten(commonName)}`;
    const own = match.names.length > 0 ? listNames(match.names) : ownName;
    return {
      subject: leaf.facts.fingerprintSha256,
      message: `certificate is for ${own}, asked for ${shorten(name)}`,
    };
  },
};
