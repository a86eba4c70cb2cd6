import type { Certificate } from '../../model/certificate.js';
import { cleanText } from '../clean-text.js';
import type { AlgorithmList } from './algorithm-list.js';
import type { DescribedComponent } from './component-list.js';

/** The `bom-ref` of a certificate. */
export function certificateRef(fingerprint: string): string {
  return `cert:sha256:${fingerprint}`;
}

/** The `bom-ref` of a public key. */
function keyRef(spkiSha256: string): string {
  return `key:sha256:${spkiSha256}`;
}

/** Describes a certificate without its endpoints (`certificateProperties`), and what it rests on. */
export function describeCertificate(certificate: Certificate, algorithms: AlgorithmList): DescribedComponent {
  const signature = algorithms.refer('signature', certificate.signatureAlgorithm);
  const key = keyRef(certificate.spkiSha256);
  const properties = [
    { name: 'certsweep:serialNumber', value: certificate.serialNumber },
    { name: 'certsweep:validation', value: certificate.validation },
    ...certificate.subjectAltNames.map((name) => ({
      name: 'certsweep:subjectAltName',
      value: cleanText(name),
    })),
  ];
  return {
    component: {
      type: 'cryptographic-asset',
      'bom-ref': certificateRef(certificate.fingerprintSha256),
      name: cleanText(
        certificate.commonName ?? certificate.subjectAltNames[0] ?? 'certificate without a name',
      ),
      hashes: [{ alg: 'SHA-256', content: certificate.fingerprintSha256 }],
      cryptoProperties: {
        assetType: 'certificate',
        certificateProperties: {
          subjectName: cleanText(certificate.subject),
          issuerName: cleanText(certificate.issuer),
          ...(isDateTime(certificate.notBefore) && { notValidBefore: certificate.notBefore }),
          ...(isDateTime(certificate.notAfter) && { notValidAfter: certificate.notAfter }),
          signatureAlgorithmRef: signature,
          subjectPublicKeyRef: key,
          certificateFormat: 'X.509',
        },
      },
      properties,
    },
    dependsOn: [signature, key],
  };
}

/** Describes the public key of a certificate (`relatedCryptoMaterialProperties`), and what it rests on. */
export function describeKey(
  { keyType, keyBits, spkiSha256 }: Certificate,
  algorithms: AlgorithmList,
): DescribedComponent {
  const hasSize = keyBits !== null && /^(?:RSA|RSA-PSS|DSA|EC)$/.test(keyType);
  const name = hasSize ? `${keyType}-${keyBits}` : keyType;
  const algorithm = algorithms.refer('public-key', name);
  return {
    component: {
      type: 'cryptographic-asset',
      'bom-ref': keyRef(spkiSha256),
      name: `${name} public key`,
      cryptoProperties: {
        assetType: 'related-crypto-material',
        relatedCryptoMaterialProperties: {
          type: 'public-key',
          id: spkiSha256,
          algorithmRef: algorithm,
          ...(keyBits !== null && { size: keyBits }),
          format: 'X.509 SubjectPublicKeyInfo',
        },
      },
    },
    dependsOn: [algorithm],
  };
}

/** Whether a time can be written as RFC 3339 wants it, with four digits for the year. */
function isDateTime(time: string | null): time is string {
  return time !== null && /^\d{4}-/.test(time);
}
