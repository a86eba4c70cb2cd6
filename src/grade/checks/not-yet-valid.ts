import { formatDays, formatTime } from '../../model/time.js';
import type { Check } from '../check.js';

/** The server's certificate has not begun. */
export const notYetValid: Check = {
  id: 'not-yet-valid',
  severity: 'high',
  subject: 'certificate',
  title: 'The certificate is not valid yet',
  citation: 'RFC 5280, section 4.1.2.5',
  advice:
    'Use the previous certificate until this one begins. If it should be valid already, check the clock and the time zone of the machine that issued it.',
  run({ leaf, now }) {
    if (leaf.notBefore === null || now >= leaf.notBefore) return null;
    return {
      subject: leaf.facts.fingerprintSha256,
      message: `certificate is valid only from ${formatTime(leaf.notBefore)}, in ${formatDays(leaf.notBefore - now)}`,
    };
  },
};
