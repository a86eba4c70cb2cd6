import { createPublicKey } from 'node:crypto';
import type { CertificateSpec, KeyKind } from '../../fixtures/make-certificate.js';
import { makeKey } from '../../fixtures/make-key.js';
import { makeLeaf, makePki, makeRoot } from '../judge-setup.js';
import { type CheckCase, trusted } from './check-case.js';

const withKey = async (key: KeyKind) => trusted(await makePki({ leaf: { dnsNames: ['a.example'], key } }));
const withHash = async (
  signatureHash: NonNullable<CertificateSpec['signatureHash']>,
  key: KeyKind = 'ec-p256',
) => trusted(await makePki({ intermediate: { key }, leaf: { dnsNames: ['a.example'], signatureHash } }));

/** A sound modulus with another exponent (base64url): no key that could be used, but one that can be certified. */
async function withExponent(e: string) {
  const { publicKey, privateKey } = await makeKey('rsa-2048', 'exponents');
  const key = createPublicKey({ key: { ...publicKey.export({ format: 'jwk' }), e }, format: 'jwk' });
  return trusted(await makePki({ leaf: { dnsNames: ['a.example'], key: { publicKey: key, privateKey } } }));
}

/** Cases of the findings about keys and signatures. */
export const KEY_CASES: readonly CheckCase[] = [
  {
    id: 'weak-rsa-key',
    name: 'fires below 2048 bits',
    fires: () => withKey('rsa-1024'),
    message: 'the RSA key of CN=a.example has 1024 bits, at least 2048 are demanded',
    severity: 'high',
    silent: () => withKey('rsa-2048'),
  },
  {
    id: 'weak-rsa-key',
    name: 'is critical below 1024 bits',
    fires: () => withKey('rsa-512'),
    message: /has 512 bits/,
    severity: 'critical',
    silent: () => withKey('ec-p256'),
  },
  {
    id: 'weak-rsa-key',
    name: 'is milder where only the policy demands more',
    fires: async () => ({ ...(await withKey('rsa-2048')), policy: 'keys: { rsaMinimumBits: 3072 }' }),
    message: /has 2048 bits, at least 3072 are demanded$/,
    severity: 'medium',
    silent: () => withKey('rsa-2048'),
  },
  {
    id: 'weak-rsa-key',
    name: 'names a weak CA key',
    fires: async () => trusted(await makePki({ intermediate: { key: 'rsa-1024' } })),
    message: /^the RSA key of CN=Corp Issuing CA has 1024 bits/,
    silent: async () => trusted(await makePki({ intermediate: { key: 'rsa-2048' } })),
  },
  {
    id: 'weak-ec-key',
    name: 'fires below 256 bits, mildly at 224',
    fires: () => withKey('ec-p224'),
    message: 'the EC key of CN=a.example has 224 bits (secp224r1), at least 256 are demanded',
    severity: 'medium',
    silent: () => withKey('ec-p256'),
  },
  {
    id: 'weak-ec-key',
    name: 'is severe below 224 bits',
    fires: () => withKey('ec-p192'),
    message: /has 192 bits/,
    severity: 'high',
    silent: () => withKey('ed25519'),
  },
  {
    id: 'dsa-key',
    name: 'fires for any DSA key',
    fires: () => withKey('dsa-2048'),
    message: 'CN=a.example has a DSA key of 2048 bits, which browsers and TLS 1.3 refuse',
    severity: 'medium',
    silent: () => withKey('rsa-2048'),
  },
  {
    id: 'weak-rsa-exponent',
    name: 'fires for the exponent 3',
    fires: () => withKey('rsa-2048-exponent-3'),
    message: 'the RSA key of CN=a.example has the public exponent 3, 65537 is recommended',
    silent: () => withKey('rsa-2048'),
  },
  {
    id: 'weak-rsa-exponent',
    name: 'is critical for the exponent 1, which signs nothing',
    fires: () => withExponent('AQ'),
    message: /has the public exponent 1, /,
    severity: 'critical',
    silent: () => withExponent('AQAB'),
  },
  {
    id: 'weak-rsa-exponent',
    name: 'is critical for an even exponent, which has no inverse',
    fires: () => withExponent('AQAA'),
    message: /has the public exponent 65536, /,
    severity: 'critical',
    silent: () => withExponent('AQAD'),
  },
  {
    id: 'weak-rsa-exponent',
    name: 'fires for one of more than 256 bits',
    fires: () => withExponent(Buffer.alloc(33, 0xff).toString('base64url')),
    message: /has the public exponent of 33 octets, /,
    severity: 'low',
    silent: () => withExponent(Buffer.alloc(32, 0xff).toString('base64url')),
  },
  {
    id: 'md5-signature',
    name: 'fires for the certificate that is signed so',
    fires: () => withHash('md5', 'rsa-2048'),
    message: 'CN=a.example is signed with md5WithRSAEncryption, and MD5 signatures can be forged',
    silent: () => withHash('sha1', 'rsa-2048'),
  },
  {
    id: 'md5-signature',
    name: 'fires for an intermediate, and not for a root',
    fires: async () =>
      trusted(await makePki({ root: { key: 'rsa-2048' }, intermediate: { signatureHash: 'md5' } })),
    message: /^CN=Corp Issuing CA is signed with md5WithRSAEncryption/,
    silent: async () => {
      const { leaf, intermediate, root } = await makePki({ root: { key: 'rsa-2048', signatureHash: 'md5' } });
      return { chain: [leaf, intermediate, root] };
    },
  },
  {
    id: 'sha1-signature',
    name: 'fires for a certificate that a CA signed so',
    fires: () => withHash('sha1'),
    message: 'certificate is signed by CN=Corp Issuing CA with ecdsa-with-SHA1',
    silent: () => withHash('sha256'),
  },
  {
    id: 'sha1-signature',
    name: 'does not mind a self-signed certificate, whose signature proves nothing',
    fires: async () => ({ chain: [await makeLeaf({ issuer: await makeRoot(), signatureHash: 'sha1' })] }),
    message: /ecdsa-with-SHA1/,
    silent: async () => ({ chain: [await makeLeaf({ signatureHash: 'sha1' })] }),
  },
  {
    id: 'sha1-intermediate',
    name: 'fires for an intermediate, and not for a root',
    fires: async () => trusted(await makePki({ intermediate: { signatureHash: 'sha1' } })),
    message: 'the intermediate CN=Corp Issuing CA is signed by CN=Corp Root with ecdsa-with-SHA1',
    silent: async () => {
      const { leaf, intermediate, root } = await makePki({ root: { signatureHash: 'sha1' } });
      return { chain: [leaf, intermediate, root] };
    },
  },
];
