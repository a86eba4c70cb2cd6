import {
  type CertificateSpec,
  type MadeCertificate,
  makeCertificate,
  NOW,
} from '../fixtures/make-certificate.js';

/** The lab's certification authority: a corporate root, and two intermediates that issue for servers. */
export interface LabAuthority {
  readonly root: MadeCertificate;
  readonly intermediate: MadeCertificate;
  /** The same with an RSA key, for signatures that ECDSA does not have. */
  readonly rsaIntermediate: MadeCertificate;
}

const YEAR_MS = 365 * 86_400_000;

/** What root and issuing certificates have in common: valid from two years ago for eight years to come. */
export const CA_SPEC = {
  ca: true,
  notBefore: new Date(NOW.getTime() - 2 * YEAR_MS),
  notAfter: new Date(NOW.getTime() + 8 * YEAR_MS),
} as const satisfies CertificateSpec;

/** Makes a new authority; nothing of it outlives the process. */
export async function makeLabAuthority(): Promise<LabAuthority> {
  const root = await makeCertificate({ ...CA_SPEC, subject: 'CN=Lab Corporate Root, O=Lab', key: 'ec-p384' });
  const [intermediate, rsaIntermediate] = await Promise.all([
    makeCertificate({ ...CA_SPEC, subject: 'CN=Lab Issuing CA E1, O=Lab', issuer: root, pathLength: 0 }),
    makeCertificate({
      ...CA_SPEC,
      subject: 'CN=Lab Issuing CA R1, O=Lab',
      issuer: root,
      pathLength: 0,
      key: 'rsa-2048',
    }),
  ]);
  return { root, intermediate, rsaIntermediate };
}
