import { expect, it } from 'vitest';
import { describeAlgorithm } from '../../../src/report/cbom/algorithm.js';

it.each([
  ['public-key', 'RSA-2048', { primitive: 'pke', classicalSecurityLevel: 112, nistQuantumSecurityLevel: 0 }],
  ['public-key', 'RSA-1023', { classicalSecurityLevel: 0 }],
  [
    'public-key',
    'EC-384',
    { primitive: 'signature', classicalSecurityLevel: 192, nistQuantumSecurityLevel: 0 },
  ],
  ['public-key', 'Ed25519', { classicalSecurityLevel: 128, nistQuantumSecurityLevel: 0 }],
  ['public-key', 'ML-DSA-65', { primitive: 'signature', nistQuantumSecurityLevel: 3 }],
  ['signature', 'sha256WithRSAEncryption', { oid: '1.2.840.113549.1.1.11', padding: 'pkcs1v15' }],
  ['signature', '1.2.3.4', { name: '1.2.3.4', oid: '1.2.3.4' }],
  ['signature', 'SLH-DSA-SHA2-192s', { nistQuantumSecurityLevel: 3 }],
  [
    'key-exchange',
    'x25519',
    { primitive: 'key-agree', classicalSecurityLevel: 128, nistQuantumSecurityLevel: 0 },
  ],
  ['key-exchange', 'secp521r1', { curve: 'secp521r1', classicalSecurityLevel: 260 }],
  ['key-exchange', 'ffdhe2048', { parameterSetIdentifier: '2048', classicalSecurityLevel: 112 }],
  ['key-exchange', 'dh-1024', { classicalSecurityLevel: 80 }],
  ['key-exchange', 'X25519MLKEM768', { primitive: 'combiner', nistQuantumSecurityLevel: 3 }],
  ['key-exchange', 'MLKEM1024', { primitive: 'kem', nistQuantumSecurityLevel: 5 }],
  [
    'cipher',
    'AES_256_GCM',
    { name: 'AES-256-GCM', primitive: 'ae', mode: 'gcm', nistQuantumSecurityLevel: 5 },
  ],
  ['cipher', 'AES_128_CBC', { primitive: 'block-cipher', mode: 'cbc', classicalSecurityLevel: 128 }],
  ['cipher', 'AES_128_CCM_8', { primitive: 'ae', mode: 'ccm' }],
  ['cipher', 'CHACHA20_POLY1305', { primitive: 'ae' }],
  ['cipher', 'RC4_128', { primitive: 'stream-cipher' }],
  ['cipher', '3DES_EDE_CBC', { primitive: 'block-cipher', mode: 'cbc' }],
] as const)('%s %s', (use, name, expected) => {
  expect(describeAlgorithm(use, name)).toMatchObject(expected);
});
