import { holdSmtpDialog } from '../dialog/smtp-dialog.js';
import type { StarttlsProtocol } from '../starttls-protocol.js';

/**
 * LMTP, by which mail is handed to mailboxes (RFC 2033): as SMTP, but for the hello.
 *
 * 1. S: `220 mail.example LMTP`
 * 2. C: `LHLO name`
 * 3. S: `250-` lines, one of them `STARTTLS`
 * 4. C: `STARTTLS`
 * 5. S: `220`, then TLS
 *
 * Refusals: those of SMTP. Tried with Dovecot 2.3.
 */
export const lmtp: StarttlsProtocol = {
  name: 'lmtp',
  title: 'LMTP',
  defaultPorts: [24],
  citation: 'RFC 2033, section 4.1; RFC 3207, section 4',
  upgrade: (stream) => holdSmtpDialog(stream, 'LHLO', 'an LMTP server'),
};
