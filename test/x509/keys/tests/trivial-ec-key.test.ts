import { createECDH } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { trivialEcKey } from '../../../../src/x509/keys/tests/trivial-ec-key.js';
import { encodeEcKey } from '../encode-ec-key.js';
import { readKey } from '../read-key.js';

function keyOf(privateKey: Buffer, form: 'compressed' | 'uncompressed' = 'uncompressed') {
  const ecdh = createECDH('prime256v1');
  ecdh.setPrivateKey(privateKey);
  return readKey(encodeEcKey('1.2.840.10045.3.1.7', ecdh.getPublicKey(null, form)));
}

/** The order of the curve, less one: the negative of 1. */
const MINUS_1 = Buffer.from('ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632550', 'hex');

describe('trivialEcKey', () => {
  it.each<[string, Buffer]>([
    ['1', Buffer.of(1)],
    ['2', Buffer.of(2)],
    ['64', Buffer.of(64)],
    ['-1', MINUS_1],
  ])('finds the private key %s', (_name, privateKey) => {
    expect(trivialEcKey.run(keyOf(privateKey))?.severity).toBe('critical');
    expect(trivialEcKey.run(keyOf(privateKey, 'compressed'))?.id).toBe('weak-ec-key');
  });

  it('does not count on for ever', () => {
    expect(trivialEcKey.run(keyOf(Buffer.of(65)))).toBeNull();
  });
});
