import { ECDH } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { readDer } from '../../src/x509/der.js';
import { keyIdentity } from '../../src/x509/key-identity.js';
import { readPublicKey } from '../../src/x509/public-key.js';
import { encodeBitString, encodeOid, encodeSequence } from '../fixtures/encode-der.js';
import { makeKey } from '../fixtures/make-key.js';

const identify = (spki: Uint8Array) => keyIdentity(readPublicKey(readDer(spki)));

describe('keyIdentity', () => {
  it('is the same for a point, compressed or not, and another for its negative', async () => {
    const { publicKey } = await makeKey('ec-p256');
    const whole = publicKey.export({ type: 'spki', format: 'der' });
    const compress = (form: 'compressed' | 'uncompressed') =>
      Buffer.from(ECDH.convertKey(whole.subarray(-65), 'prime256v1', undefined, undefined, form));
    const wrap = (point: Uint8Array) =>
      encodeSequence(
        encodeSequence(encodeOid('1.2.840.10045.2.1'), encodeOid('1.2.840.10045.3.1.7')),
        encodeBitString(point),
      );
    const compressed = compress('compressed');
    expect(identify(wrap(compressed))).toBe(identify(whole));
    const negative = Buffer.from(compressed);
    negative[0] = (negative[0] ?? 0) ^ 1;
    expect(identify(wrap(negative))).not.toBe(identify(whole));
  });

  it('is the same for RSA and RSASSA-PSS', async () => {
    const { publicKey } = await makeKey('rsa-2048', 'key-identity');
    const spki = publicKey.export({ type: 'spki', format: 'der' });
    const { bytes } = readPublicKey(readDer(spki));
    const pss = encodeSequence(encodeSequence(encodeOid('1.2.840.113549.1.1.10')), encodeBitString(bytes));
    expect(identify(pss)).toBe(identify(spki));
  });

  it('differs for other keys', async () => {
    const keys = await Promise.all([
      makeKey('ec-p256'),
      makeKey('ec-p256'),
      makeKey('ed25519'),
      makeKey('ed25519'),
    ]);
    const ids = keys.map(({ publicKey }) => identify(publicKey.export({ type: 'spki', format: 'der' })));
    expect(new Set(ids).size).toBe(4);
  });
});
