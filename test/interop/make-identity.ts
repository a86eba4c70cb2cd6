import { type CertificateSpec, type MadeCertificate, makeCertificate } from '../fixtures/make-certificate.js';
import type { LabAuthority } from '../servers/lab-authority.js';

/** What a server proves itself with: the chain that it presents is the leaf, then the issuer. */
export interface Identity {
  readonly leaf: MadeCertificate;
  readonly issuer: MadeCertificate;
}

/** Makes a leaf certificate, signed with RSA if its key is an RSA key. */
export async function makeIdentity(spec: CertificateSpec, authority: LabAuthority): Promise<Identity> {
  const isRsa = typeof spec.key === 'string' && spec.key.startsWith('rsa-');
  const issuer = isRsa ? authority.rsaIntermediate : authority.intermediate;
  return { leaf: await makeCertificate({ ...spec, issuer }), issuer };
}
