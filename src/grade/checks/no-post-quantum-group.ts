import type { Check } from '../check.js';

/** Groups with ML-KEM or its draft, alone or beside a curve. */
const POST_QUANTUM = /MLKEM|Kyber|^CECPQ2$/;

/** What is recorded today can be read once there are quantum computers. Where TLS 1.3 is missing, that is the fault. */
export const noPostQuantumGroup: Check = {
  id: 'no-post-quantum-group',
  severity: 'info',
  subject: 'endpoint',
  title: 'The server has no post-quantum key exchange',
  citation: 'RFC 10024; FIPS 203',
  advice:
    'Update the TLS software (OpenSSL 3.5 and others have it) and allow the group X25519MLKEM768 before x25519. What must stay secret for ten years is at stake already.',
  run({ posture }) {
    const groups = posture?.groups.find(({ version }) => version === 'TLSv1.3');
    if (!groups?.complete || groups.names.some((name) => POST_QUANTUM.test(name))) return null;
    return { message: 'server accepts no post-quantum group' };
  },
};
