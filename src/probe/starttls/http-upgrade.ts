import { readHttpHead, toAuthority } from '../dialog/http-head.js';
import { malformed } from '../dialog/malformed.js';
import { toPrintable } from '../dialog/printable.js';
import { refusal } from '../dialog/refusal.js';
import type { StarttlsProtocol, Upgrade } from '../starttls-protocol.js';

const EXPECTED = 'an HTTP server';

/** Interim responses that may come before the answer (RFC 9110, section 15.2); more than these is a game. */
const MAX_INTERIM = 10;

/**
 * HTTP Upgrade to TLS, which printers and CUPS know (RFC 2817, RFC 8010).
 *
 * 1. C: `OPTIONS *` with `Upgrade: TLS/1.0`
 * 2. S: `101 Switching Protocols` and the rest of the head, then TLS
 *
 * Refusals: `not-offered` when the server answers the request and passes over the upgrade (2xx, 3xx), else its status:
 * 400, 403, 404, 405, 426, 501 and others. No port means this protocol unless it is asked for, as in `80/http-upgrade`:
 * hardly any web server knows it, and on 631 more servers speak implicit TLS (RFC 7472). Tried with CUPS 2.4.
 */
export const httpUpgrade: StarttlsProtocol = {
  name: 'http-upgrade',
  title: 'HTTP Upgrade and IPP',
  defaultPorts: [],
  citation: 'RFC 2817, section 3.2',
  async upgrade(stream, context): Promise<Upgrade> {
    const authority = toAuthority(context.serverName ?? context.host, context.port);
    stream.write(
      Buffer.from(
        `OPTIONS * HTTP/1.1\r\nHost: ${authority}\r\nUpgrade: TLS/1.0\r\nConnection: Upgrade\r\n\r\n`,
      ),
    );
    for (let count = 0; count <= MAX_INTERIM; count += 1) {
      const { status, statusLine, fields } = await readHttpHead(stream, EXPECTED);
      if (status >= 400) throw refusal(`${status}`, 'the upgrade was refused', statusLine);
      if (status >= 200) throw refusal('not-offered', 'the server passed over the upgrade', statusLine);
      if (status === 101) {
        const protocol = fields.get('upgrade') ?? '';
        if (!/^TLS\b/i.test(protocol))
          throw refusal('not-offered', 'the server switched to another protocol', protocol);
        return { stream, greeting: toPrintable(fields.get('server') ?? statusLine) };
      }
    }
    throw malformed(`more than ${MAX_INTERIM} interim responses`);
  },
};
