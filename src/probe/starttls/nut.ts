import { awaitText, readLine } from '../dialog/line.js';
import { otherProtocol } from '../dialog/other-protocol.js';
import { refusal } from '../dialog/refusal.js';
import type { StarttlsProtocol, Upgrade } from '../starttls-protocol.js';

const EXPECTED = 'a UPS daemon';

/**
 * The protocol of Network UPS Tools: daemons that watch over uninterruptible power supplies (RFC 9271).
 *
 * 1. C: `STARTTLS`
 * 2. S: `OK STARTTLS`, then TLS
 *
 * Refusals: `ERR` and a name, which in lower case is the code: `feature-not-configured` (no certificate is set up),
 * `feature-not-supported` (built without TLS), `already-ssl-mode`, `unknown-command`, `access-denied`. Tried with upsd
 * 2.8.
 */
export const nut: StarttlsProtocol = {
  name: 'nut',
  title: 'Network UPS Tools',
  defaultPorts: [3493],
  citation: 'RFC 9271, section 4.2',
  async upgrade(stream): Promise<Upgrade> {
    stream.write(Buffer.from('STARTTLS\n'));
    await awaitText(stream, EXPECTED);
    const answer = await readLine(stream, EXPECTED);
    const error = /^ERR ([A-Z0-9-]{1,40})/.exec(answer)?.[1];
    if (error !== undefined) throw refusal(error.toLowerCase(), 'STARTTLS was refused', answer);
    if (!/^OK STARTTLS\b/.test(answer)) throw otherProtocol(EXPECTED, answer);
    return { stream, greeting: null };
  },
};
