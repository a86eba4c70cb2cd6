import { awaitText, readLine } from '../dialog/line.js';
import { malformed } from '../dialog/malformed.js';
import { otherProtocol } from '../dialog/other-protocol.js';
import { toPrintable } from '../dialog/printable.js';
import { refusal } from '../dialog/refusal.js';
import type { StarttlsProtocol, Upgrade } from '../starttls-protocol.js';

const EXPECTED = 'a NATS server';

/**
 * NATS messaging.
 *
 * 1. S: `INFO {"server_id":...,"tls_required":true,...}`
 * 2. TLS at once: the client says nothing before it
 *
 * Refusals: `not-offered` (neither `tls_required` nor `tls_available`), `err` (`-ERR`, as when too many are connected).
 * A server set to `handshake_first` sends no INFO: it is implicit TLS. Tried with nats-server 2.9.
 */
export const nats: StarttlsProtocol = {
  name: 'nats',
  title: 'NATS',
  defaultPorts: [4222],
  citation: 'NATS client protocol, INFO',
  async upgrade(stream): Promise<Upgrade> {
    await awaitText(stream, EXPECTED);
    const line = await readLine(stream, EXPECTED);
    if (/^-ERR\b/i.test(line)) throw refusal('err', 'turned away at the greeting', line);
    const json = /^INFO[ \t]+(\{.*)$/i.exec(line)?.[1];
    if (json === undefined) throw otherProtocol(EXPECTED, line);
    const info = parseInfo(json);
    if (info.tls_required !== true && info.tls_available !== true)
      throw refusal('not-offered', 'neither tls_required nor tls_available is set', line);
    return { stream, greeting: toPrintable(line) };
  },
};

function parseInfo(json: string): { readonly tls_required?: unknown; readonly tls_available?: unknown } {
  try {
    const info: unknown = JSON.parse(json);
    return typeof info === 'object' && info !== null ? info : {};
  } catch (error) {
    throw malformed(`the INFO of the NATS server is not JSON: ${toPrintable(`${error}`)}`);
  }
}
