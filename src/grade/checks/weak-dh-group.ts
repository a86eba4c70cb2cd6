import type { Check } from '../check.js';

/** Broken by students with a cluster in 2015 (Logjam, section 3); RFC 9325, section 4.1 forbids less than 1024. */
const BREAKABLE_BITS = 1024;
/** The least that RFC 9325, section 4.1 allows. */
const LEAST_BITS = 2048;

/** How records call the Diffie-Hellman group of a handshake that has no registered name. */
const UNNAMED_GROUP = /^dh-(\d+)$/;

/** The server's Diffie-Hellman parameters are too small, or not what they should be. */
export const weakDhGroup: Check = {
  id: 'weak-dh-group',
  severity: 'medium',
  subject: 'endpoint',
  title: 'The Diffie-Hellman group is weak',
  citation: 'RFC 9325, section 4.1; RFC 7919',
  advice:
    'Use a group of RFC 7919 of 2048 bits or more (ffdhe2048), or better remove the DHE suites in favour of ECDHE.',
  run({ handshake, posture }) {
    const seen = UNNAMED_GROUP.exec(handshake?.group ?? '');
    const negotiated = seen ? [{ bits: Number(seen[1]), name: null, safePrime: null }] : [];
    const keys = [...(posture?.ephemeralKeys.filter(({ kind }) => kind === 'dh') ?? []), ...negotiated];
    const [smallest] = keys.filter(({ bits }) => bits < LEAST_BITS).sort((a, b) => a.bits - b.bits);
    if (smallest) {
      const { bits, name } = smallest;
      const whose = name === null ? '' : ` that comes with ${name}`;
      return {
        message: `server uses a Diffie-Hellman group of ${bits} bits${whose}, at least ${LEAST_BITS} are demanded`,
        severity: bits < BREAKABLE_BITS ? 'critical' : bits === BREAKABLE_BITS ? 'high' : 'medium',
      };
    }
    const odd = keys.find(({ safePrime, name }) => safePrime === false && name === null);
    return odd
      ? {
          message: `server uses a Diffie-Hellman group of ${odd.bits} bits that is not built on a safe prime`,
        }
      : null;
  },
};
