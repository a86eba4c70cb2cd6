import type { Check } from '../check.js';
import { hasForwardSecrecy } from '../suite-traits.js';

/** Whoever steals the server's key can read the sessions that he recorded before. */
export const noForwardSecrecy: Check = {
  id: 'no-forward-secrecy',
  severity: 'medium',
  subject: 'endpoint',
  title: 'The server does without forward secrecy',
  citation: 'RFC 9325, section 4.1',
  advice:
    'Allow suites with ECDHE and put them first; remove those with RSA key exchange. Until then whoever obtains the private key can decrypt all traffic that he has recorded.',
  run({ posture }) {
    const lists = posture?.cipherSuites.filter(({ names, complete }) => complete && names.length > 0) ?? [];
    if (lists.length === 0 || lists.length < (posture?.cipherSuites.length ?? 0)) return null;
    if (!lists.some(({ names }) => names.some(hasForwardSecrecy)))
      return { message: 'server accepts no suite with forward secrecy' };
    const badly = lists.find(
      ({ order, names }) =>
        order === 'server' && names.some(hasForwardSecrecy) && !hasForwardSecrecy(names[0] ?? ''),
    );
    return badly
      ? {
          message: `server prefers ${badly.names[0]}, without forward secrecy, in ${badly.version}`,
          severity: 'low',
        }
      : null;
  },
};
