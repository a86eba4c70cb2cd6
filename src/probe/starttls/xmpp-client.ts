import { holdXmppDialog } from '../dialog/xmpp-dialog.js';
import type { StarttlsProtocol } from '../starttls-protocol.js';

/**
 * XMPP from client to server (RFC 6120).
 *
 * 1. C: the stream header, `to` being the domain asked for
 * 2. S: its stream header and `<stream:features>`, with `<starttls>` in it
 * 3. C: `<starttls/>`
 * 4. S: `<proceed/>`, then TLS
 *
 * Refusals: `not-offered`, `failure`, or the condition of a stream error; `host-unknown` means that `to` is not a
 * domain that the server serves, as is usual when it was reached by address alone. Tried with Prosody 0.12.
 */
export const xmppClient: StarttlsProtocol = {
  name: 'xmpp-client',
  title: 'XMPP for clients',
  defaultPorts: [5222],
  citation: 'RFC 6120, section 5.4',
  upgrade: (stream, context) => holdXmppDialog(stream, context, "xmlns='jabber:client'"),
};
