import type { Check } from '../check.js';
import { shorten } from '../describe-certificate.js';

/** A server speaks in the clear and offers nothing else. */
export const starttlsMissing: Check = {
  id: 'starttls-missing',
  severity: 'medium',
  subject: 'endpoint',
  title: 'The server offers no STARTTLS',
  citation: 'RFC 8314, section 4.1; RFC 3207',
  advice:
    'Give the service a certificate and turn STARTTLS on, or close the port. If the service has it on, a firewall between may be removing the offer.',
  run({ outcome, failure, protocol }) {
    if (outcome !== 'starttls-refused' || failure?.code !== 'not-offered') return null;
    return { message: `server speaks ${protocol} without TLS: ${shorten(failure.detail)}` };
  },
};
