import { holdSmtpDialog } from '../dialog/smtp-dialog.js';
import type { StarttlsProtocol } from '../starttls-protocol.js';

/**
 * SMTP between servers and message submission (RFC 3207, RFC 5321, RFC 6409).
 *
 * 1. S: `220 mail.example ESMTP`, perhaps of many lines
 * 2. C: `EHLO name`
 * 3. S: `250-` lines, one of them `STARTTLS`
 * 4. C: `STARTTLS`
 * 5. S: `220`, then TLS
 *
 * Refusals: 421 or 554 at the greeting; `not-offered` when the keyword is missing, or masked by a firewall; 454 (no
 * certificate at the moment), 500 to 504, 530, 550, 554 to the command. Tried with Postfix 3.7.
 */
export const smtp: StarttlsProtocol = {
  name: 'smtp',
  title: 'SMTP and message submission',
  defaultPorts: [25, 587, 2525],
  citation: 'RFC 3207, section 4',
  upgrade: (stream) => holdSmtpDialog(stream, 'EHLO', 'an SMTP server'),
};
