import { holdXmppDialog } from '../dialog/xmpp-dialog.js';
import type { StarttlsProtocol } from '../starttls-protocol.js';

/**
 * XMPP between servers (RFC 6120).
 *
 * 1. C: the stream header in the servers' namespace, without `from`: we are no server
 * 2. S: its stream header and `<stream:features>`, with `<starttls>` in it
 * 3. C: `<starttls/>`
 * 4. S: `<proceed/>`, then TLS
 *
 * Refusals: those of XMPP for clients. Tried with Prosody 0.12.
 */
export const xmppServer: StarttlsProtocol = {
  name: 'xmpp-server',
  title: 'XMPP between servers',
  defaultPorts: [5269],
  citation: 'RFC 6120, section 5.4',
  upgrade: (stream, context) =>
    holdXmppDialog(stream, context, "xmlns='jabber:server' xmlns:db='jabber:server:dialback'"),
};
